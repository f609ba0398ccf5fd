package io.eventful.capture;

import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.Subjects;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.ReversalPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A call that takes a change back, and what it is about. */
record ReversingCall(CapturePlan plan, Change change, ReversalPlan.Possible how, Write write, RequestHead head) {

    /** @param calls what tells how callers name the item */
    static ReversingCall of(CapturePlan plan, Change change, ReversalPlan.Possible how, List<Change> calls) {
        Item item = change.item();
        Write.Kind kind = switch (how.method()) {
            case "PUT" -> Write.Kind.PUT;
            case "DELETE" -> Write.Kind.DELETE;
            default -> Write.Kind.CREATE;
        };
        Optional<String> parameter = plan.scopeParameter(item, calls);
        String target = parameter.map(text -> how.path() + '?' + text).orElse(how.path());
        Fields fields = Fields.NONE;
        if (how.state() != null) fields = fields.and("Content-Type", "application/json");
        if (how.ifMatch() != null) fields = fields.and("If-Match", how.ifMatch());
        fields = plan.options().scope().in(fields, item.scope());
        // An item is made again where it was made, at a path with a slash at its end if that was so.
        String path = Subjects.normalise(how.path());
        RequestHead head = new RequestHead(how.method(), target, path, query(target), fields, "", "http", "");
        boolean create = kind == Write.Kind.CREATE;
        Write write = new Write(kind, path, create ? "" : target, change.resource(), EventType.REVERSED);
        return new ReversingCall(plan, change, how, write, head);
    }

    private static String query(String target) {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    byte[] body() {
        return how.state() == null ? new byte[0] : Json.bytes(how.state());
    }

    IntentDraft draft(Instant now, Change.Order order, Content before, Content request, Digest digest) {
        CaptureOptions options = plan.options();
        return new IntentDraft(
                write.kind() == Write.Kind.CREATE ? plan.item(write.subject(), head) : change.item(),
                change.resource(),
                EventType.REVERSED,
                now,
                options.upstream(),
                before.image(),
                Expectation.expected(write.kind(), before, request, head.fields(), options),
                RecordedHeads.request(head, Documents.kept(digest, request, head.fields(), options)),
                order,
                Change.Guarantee.INTENT,
                null,
                String.valueOf(change.position()));
    }
}

package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that a test has recorded: confirmed, in its lane and of nothing but its images, unless it says more. */
public record RecordedCall(
        Item item,
        String action,
        Image before,
        Image after,
        Instant time,
        Change.Outcome outcome,
        @Nullable String reason,
        @Nullable RequestRecord request,
        @Nullable ResponseRecord response,
        @Nullable String causation) {

    public static RecordedCall of(Item item, String action, Image before, Image after) {
        return new RecordedCall(
                item, action, before, after, Samples.TIME, Change.Outcome.CONFIRMED, null, null, null, null);
    }

    public RecordedCall at(Instant moment) {
        return new RecordedCall(item, action, before, after, moment, outcome, reason, request, response, causation);
    }

    public RecordedCall unknown(@Nullable String why) {
        return new RecordedCall(
                item, action, before, after, time, Change.Outcome.UNKNOWN, why, request, response, causation);
    }

    /** A request without fields or a body that was answered with a status. */
    public RecordedCall call(String method, String target, int status) {
        return call(method, target, status, null);
    }

    /** The same with an ETag in the answer. */
    public RecordedCall call(String method, String target, int status, @Nullable String etag) {
        return new RecordedCall(
                item,
                action,
                before,
                after,
                time,
                outcome,
                reason,
                new RequestRecord(method, target, Map.of(), 0, ""),
                new ResponseRecord(status, etag == null ? Map.of() : Map.of("etag", List.of(etag)), 0, ""),
                causation);
    }

    public RecordedCall causedBy(long position) {
        return new RecordedCall(
                item, action, before, after, time, outcome, reason, request, response, Long.toString(position));
    }

    public Change in(TestLedgers ledgers) {
        return in(ledgers.ledger());
    }

    Change in(Ledger ledger) {
        return ledger.append(draft(), applied()).join().orElseThrow();
    }

    private IntentDraft draft() {
        return new IntentDraft(
                item,
                "customer",
                action,
                time,
                "default",
                before,
                null,
                request,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                causation);
    }

    private Settlement.Applied applied() {
        return new Settlement.Applied(outcome, item, action, before, after, Change.Order.LANE, response, reason);
    }
}

package io.eventful.capture;

import io.eventful.edge.RequestHead;
import io.eventful.event.EventType;
import io.eventful.event.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request that routes capture, as far as it is known before its reply. Immutable. */
public final class CapturedRequest {

    private static final int CREATED = 201;

    private final CapturePlan plan;
    private final Write write;
    private final Item item;
    private final List<String> receivers;

    CapturedRequest(CaptureTable table, CaptureTable.Captured found, RequestHead head) {
        this.plan = found.plan();
        this.write = found.write();
        String subject = isOnItem() ? write.subject() : CapturePlan.member(write.subject(), "new");
        this.item = plan.item(subject, head);
        this.receivers = table.plan(item).map(CapturePlan::routes).orElse(plan.routes());
    }

    /** Ids of the routes that receive the change. */
    public List<String> routes() {
        return receivers;
    }

    /** Ids of the routes that capture the call: those that receive the change, unless it writes items that others have. */
    public List<String> capturing() {
        return plan.routes();
    }

    /** The template of the calls as written. */
    public String template() {
        return plan.calls().toString();
    }

    public CaptureOptions options() {
        return plan.options();
    }

    /** Name of the upstream that the call goes to. */
    public String upstream() {
        return plan.options().upstream();
    }

    /** The scope that the request gives; empty if there is none. */
    public String scope() {
        return item.scope();
    }

    /** CloudEvents source of its events. */
    public String source() {
        return CapturePlan.source(upstream());
    }

    /** What it is: {@code put}, {@code patch}, {@code delete}, {@code create}, {@code batch}, {@code collection} or {@code action}. */
    public String kind() {
        return write.kind().name().toLowerCase(Locale.ROOT);
    }

    /** True if the item is known before the reply; otherwise, {@link #subject} is its collection. */
    public boolean isOnItem() {
        return write.isNamed();
    }

    /** Canonical path of the item, or of the collection. */
    public String subject() {
        return write.subject();
    }

    /** The beginning of the subjects of all items that it may write. */
    public String subjects() {
        if (isOnItem()) return subject();
        return isAnywhere() ? "/" : CapturePlan.member(subject(), "");
    }

    /** Noun for event types. */
    public String resource() {
        return write.resource();
    }

    /** True if the resource depends on where the item is made. */
    public boolean isResourceOpen() {
        return !isOnItem() && isAnywhere() && plan.options().resource().isEmpty();
    }

    private boolean isAnywhere() {
        return Creations.isAnywhere(plan);
    }

    /** The actions that its change may have, the likeliest first. */
    public List<String> actions() {
        return actions(write.kind() == Write.Kind.CREATE ? CREATED : 200);
    }

    /** The actions that its change may have after a reply with a status for which there is no {@link #refusal}. */
    public List<String> actions(int status) {
        return switch (write.kind()) {
            case DELETE, ACTION, COLLECTION -> List.of(write.action());
            case PUT, PATCH ->
                status == CREATED
                        ? List.of(EventType.CREATED, EventType.UPDATED)
                        : List.of(EventType.UPDATED, EventType.CREATED);
            case BATCH -> List.of(EventType.UPDATED, EventType.CREATED);
            case CREATE ->
                status == CREATED && plan.options().items() == null
                        ? List.of(EventType.CREATED)
                        : List.of(EventType.CREATED, EventType.UPDATED);
        };
    }

    /** Why a reply with a status makes no change; empty if it makes one. */
    public Optional<String> refusal(int status) {
        if (!plan.options().success().contains(status))
            return Optional.of("status " + status + " is not one of success: "
                    + plan.options().success());
        if (Outcomes.isPending(status, plan.options()))
            return Optional.of("status " + status + " means accepted, not done, unless success names it");
        boolean several = status == Batch.MULTI_STATUS;
        if (write.kind() == Write.Kind.CREATE && !several && !Creations.mayCreate(plan, status))
            return Optional.of("a POST makes an item of " + template() + " only with status " + CREATED);
        return Optional.empty();
    }
}

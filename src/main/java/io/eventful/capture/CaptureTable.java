package io.eventful.capture;

import io.eventful.edge.Destinations;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.RequestHead;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import io.eventful.ledger.IntentDraft;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** All templates that are captured now, the most specific first. Immutable. */
final class CaptureTable {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    static final CaptureTable EMPTY = new CaptureTable(List.of(), Destinations.DEFAULT);

    private final List<CaptureRow> rows;
    private final Destinations destinations;

    private CaptureTable(List<CaptureRow> rows, Destinations destinations) {
        this.rows = rows;
        this.destinations = destinations;
    }

    /** A write and the plan that captures it. */
    record Captured(CapturePlan plan, Write write) {}

    /** The table of routes whose calls go to the upstream that they name, else to the default. */
    static CaptureTable of(Collection<CaptureRoute> routes) {
        return of(routes, Destinations.DEFAULT);
    }

    /**
     * The table of a set of routes. Fails with {@link IllegalArgumentException} when two routes of the same template
     * want different things of it; the message names both.
     *
     * @param destinations of the calls of routes that name no upstream
     */
    static CaptureTable of(Collection<CaptureRoute> routes, Destinations destinations) {
        return new CaptureTable(
                CapturePlans.of(routes, destinations).stream()
                        .map(plan -> CaptureRow.of(plan, destinations.names()))
                        .toList(),
                destinations);
    }

    /** What is captured of the items of a request, the most specific template first. */
    List<CapturePlan> plans(RequestHead head) {
        return rows.stream().map(row -> row.plan(destinations, head)).toList();
    }

    /** Who has which items, template by template and upstream by upstream. */
    List<CapturePlan> plans() {
        return rows.stream()
                .flatMap(row -> row.plans().values().stream())
                .filter(plan -> plan.bulk() == null)
                .toList();
    }

    /** The same with some of its routes only, as who receives changes. */
    CaptureTable only(Predicate<String> routes) {
        return new CaptureTable(
                rows.stream()
                        .map(row -> row.only(routes))
                        .filter(row -> !row.plans().isEmpty())
                        .toList(),
                destinations);
    }

    /** The plan that has an item of the same upstream, when that is another one. */
    Optional<CapturePlan> owner(CapturePlan plan, String subject) {
        return plan(new Item(CapturePlan.source(plan.options().upstream()), "", subject))
                .filter(owner -> !owner.template().sameShape(plan.template()));
    }

    /** The plan that has all items of another one. */
    Optional<CapturePlan> owner(CapturePlan other) {
        String source = CapturePlan.source(other.options().upstream());
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(row.plans().get(source)).stream())
                .filter(plan -> plan.bulk() == null)
                .filter(plan -> plan.template().covers(other.template()))
                .findFirst();
    }

    /** The write that a request is, by the most specific template that knows it; empty when it is not captured. */
    Optional<Captured> match(RequestHead head) {
        if (!WRITES.contains(head.method())) return Optional.empty();
        for (CaptureRow row : rows) {
            CapturePlan plan = row.plan(destinations, head);
            Optional<Write> write = plan.write(head);
            if (write.isPresent()) return Optional.of(captured(plan, write.get()));
        }
        return Optional.empty();
    }

    /** What another route takes out of its items is taken out of what is written of all of them, too. */
    private Captured captured(CapturePlan plan, Write write) {
        if (!write.isOnItem()) return new Captured(plan, write);
        List<CapturePlan> others = ofItems(plan, write.subject());
        if (others.isEmpty()) return new Captured(plan, write);
        List<String> redact = others.stream()
                .flatMap(other -> other.options().redact().stream())
                .toList();
        return new Captured(plan.with(plan.options().redacting(redact)), write.onCollection());
    }

    /**
     * Whether what a plan takes for an item is the collection of items that another, more specific one has: then nobody may
     * look at it, since all of these items are seen there.
     */
    boolean isCollection(CapturePlan plan, String subject) {
        return !ofItems(plan, subject).isEmpty();
    }

    /**
     * The more specific plans whose items are in a collection, of a plan that does not tell collections from items. Of
     * another one that does not either, the path may as well be an item, unless that had to be redacted.
     */
    private List<CapturePlan> ofItems(CapturePlan plan, String collection) {
        if (!Creations.isAnywhere(plan)) return List.of();
        String source = CapturePlan.source(plan.options().upstream());
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(row.plans().get(source)).stream())
                .filter(other -> other.bulk() == null)
                .filter(other -> other.template().compareTo(plan.template()) < 0)
                .filter(other -> other.template().isCollection(collection)
                        && other.template().item(collection).isEmpty())
                .filter(other -> !Creations.isAnywhere(other)
                        || !other.options().redact().isEmpty())
                .toList();
    }

    /**
     * The matcher of the data port: writes are captured, and reads that routes give to a view or to another upstream are
     * taken there. Everything else goes through.
     */
    Matcher matcher(
            Function<Captured, Handler> writes, Function<ViewQuery, Handler> views, Function<String, Handler> reads) {
        return head -> match(head)
                .map(writes)
                .or(() -> query(head).map(views))
                .or(() -> queryUpstream(head).map(reads))
                .orElse(null);
    }

    /** The upstream that a read goes to, by the most specific template that it is of; empty when no route names one. */
    Optional<String> queryUpstream(RequestHead head) {
        if (!READS.contains(head.method())) return Optional.empty();
        for (CaptureRow row : rows) {
            CapturePlan plan = row.plan(destinations, head);
            boolean itsOwn = plan.template().item(head.path()).isPresent()
                    || plan.template().isCollection(head.path());
            if (itsOwn && plan.bulk() == null) return plan.queryUpstream(head);
        }
        return Optional.empty();
    }

    /** A read that a view is to answer; empty when it goes to the upstream, like all that the most specific template leaves there. */
    Optional<ViewQuery> query(RequestHead head) {
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) return Optional.empty();
        for (CaptureRow row : rows) {
            CapturePlan plan = row.plan(destinations, head);
            Optional<ViewQuery> query = plan.query(head);
            if (query.isPresent()) return query.filter(found -> !found.view().isEmpty());
        }
        return Optional.empty();
    }

    /** The plan whose routes receive a change. */
    Optional<CapturePlan> plan(Change change) {
        // What an operator has found out about a create may still be told of its collection, wherever that was posted
        // to.
        boolean resolved = change.reason() != null && change.reason().startsWith("resolved:");
        return resolved || Unnamed.is(change) ? madeIn(change.item()) : plan(change.item());
    }

    /** {@link Membership#mayHaveMade}. */
    boolean mayHaveMade(Change create, String subject) {
        return plan(create)
                .map(plan -> plan.template().item(subject).isPresent())
                .orElse(true);
    }

    /** The plan that has captured a call. */
    Optional<CapturePlan> plan(IntentDraft draft) {
        return Unnamed.isMade(draft.action(), draft.request()) ? madeIn(draft.item()) : plan(draft.item());
    }

    /** The plan that an item belongs to. */
    Optional<CapturePlan> plan(Item item) {
        return plan(item, this::isWrittenAsAWhole);
    }

    /** The plan of an item that nobody has named, which has its collection's path. */
    private Optional<CapturePlan> madeIn(Item collection) {
        return plan(collection, plan -> true);
    }

    private Optional<CapturePlan> plan(Item item, Predicate<CapturePlan> collections) {
        for (CaptureRow row : rows) {
            CapturePlan plan = row.plans().get(item.source());
            if (plan == null || plan.bulk() != null) continue;
            if (plan.template().item(item.subject()).isPresent()) return Optional.of(plan);
            if (plan.template().isCollection(item.subject()) && collections.test(plan)) return Optional.of(plan);
        }
        return Optional.empty();
    }

    /** Whether a call may write several items of a collection, so that only the collection may be known. */
    private boolean isWrittenAsAWhole(CapturePlan plan) {
        return plan.options().items() != null
                || rows.stream()
                        .flatMap(row -> row.plans().values().stream())
                        .anyMatch(other ->
                                other.bulk() != null && other.template().sameShape(plan.template()));
    }
}

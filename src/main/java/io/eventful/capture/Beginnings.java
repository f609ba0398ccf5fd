package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Relayed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Where the routes of a new set begin to read the ledger. A route that takes over the items of another one begins
 * where that one stopped, since no other route will handle the changes between. A route that takes over nothing goes
 * on where it was, or begins at the ledger's head when it is new.
 */
final class Beginnings {

    private final Relayed relayed;
    private final CaptureTable former;
    private final CaptureTable next;
    /** Ids of routes of the former set that the next one does not have. */
    private final Set<String> gone = new HashSet<>();
    /** Positions up to which routes that go back, to take over from others, had come with their own changes. */
    private final Map<String, Long> own = new HashMap<>();

    private Beginnings(Relayed relayed, CaptureTable former, CaptureTable next, Predicate<String> running) {
        this.relayed = relayed;
        this.next = next;
        // Nothing is known of routes that are gone when this is the first start, or an older version ran last.
        this.former = former.plans().isEmpty()
                ? next.only(id -> relayed.position(id).isPresent())
                : former.only(id -> !running.test(id));
        for (CapturePlan plan : this.former.plans()) gone.addAll(plan.routes());
        for (CapturePlan plan : next.plans()) plan.routes().forEach(gone::remove);
    }

    /**
     * Makes the beginnings of routes durable. Blocks.
     *
     * @param former what was captured until now, or, at the start, when the gateway last ran
     * @param next what is captured from now on
     * @param running whether changes are still handed to a route
     */
    static Beginnings settle(
            Relayed relayed,
            Collection<CaptureRoute> coming,
            CaptureTable former,
            CaptureTable next,
            Predicate<String> running) {
        Beginnings beginnings = new Beginnings(relayed, former, next, running);
        List<CompletableFuture<Void>> settled = new ArrayList<>();
        for (CaptureRoute route : coming) {
            OptionalLong before = relayed.position(route.id());
            OptionalLong left = before.isPresent() ? beginnings.returned(route) : beginnings.handedOver(route);
            if (left.isEmpty() || left.getAsLong() >= before.orElse(Long.MAX_VALUE)) continue;
            before.ifPresent(position -> beginnings.own.put(route.id(), position));
            settled.add(relayed.advance(route.id(), left.getAsLong()));
        }
        CompletableFuture.allOf(settled.toArray(CompletableFuture<?>[]::new)).join();
        return beginnings;
    }

    /**
     * Whether a route that went back, to take over from others, has handled a change before. Such changes are its own
     * ones up to where it was.
     */
    boolean isDone(String route, Change change) {
        Long position = own.get(route);
        if (position == null || change.position() > position) return false;
        return former.plan(change)
                .filter(plan -> plan.routes().stream().anyMatch(gone::contains))
                .isEmpty();
    }

    /** The lowest position of the routes whose items a new route takes over; empty when it takes over none. */
    private OptionalLong handedOver(CaptureRoute route) {
        List<String> ids = new ArrayList<>();
        for (CapturePlan plan : next.plans())
            if (plan.routes().contains(route.id()))
                former.owner(plan).ifPresent(owner -> {
                    // Routes of the same template each get all of its changes: only one that is gone leaves some
                    // unhandled.
                    boolean same = owner.template().sameShape(plan.template());
                    for (String id : owner.routes()) if (!same || gone.contains(id)) ids.add(id);
                });
        return least(ids);
    }

    /**
     * The lowest position of the routes that are gone and whose items a route of both sets takes over; empty when it
     * takes over none.
     */
    private OptionalLong returned(CaptureRoute route) {
        List<String> ids = new ArrayList<>();
        for (CapturePlan plan : former.plans())
            if (!plan.routes().contains(route.id())
                    && next.owner(plan)
                            .filter(owner -> owner.routes().contains(route.id()))
                            .isPresent()) ids.addAll(plan.routes());
        ids.retainAll(gone);
        return least(ids);
    }

    private OptionalLong least(List<String> ids) {
        return ids.stream()
                .map(relayed::position)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}

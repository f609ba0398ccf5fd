package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What becomes of the parked changes of items that go from one route to another: they go with the items, so that the
 * later changes of an item do not come before them. What nobody takes over stays with the route that parked it.
 */
final class Inheritance {

    private final Ledger ledger;
    private final Set<String> coming;
    private final CaptureTable former;
    private final CaptureTable next;

    private Inheritance(Ledger ledger, Set<String> coming, CaptureTable former, CaptureTable next) {
        this.ledger = ledger;
        this.coming = coming;
        this.former = former;
        this.next = next;
    }

    /** Who has which items of an upstream. */
    private record Ownership(String source, String template, Set<String> routes) {

        static Set<Ownership> of(CaptureTable table) {
            return table.plans().stream()
                    .map(plan -> new Ownership(
                            CapturePlan.source(plan.options().upstream()),
                            plan.template().toString(),
                            Set.copyOf(plan.routes())))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Hands over what routes have parked, durably. Blocks.
     *
     * @param coming routes that do not run yet
     * @param former what was captured until now, or, at the start, when the gateway last ran
     * @param next what is captured from now on
     * @param running whether changes are still handed to a route
     */
    static void settle(
            Ledger ledger,
            Collection<CaptureRoute> coming,
            CaptureTable former,
            CaptureTable next,
            Predicate<String> running) {
        if (coming.isEmpty()) return; // nobody can take anything over, and to look is to read all that is parked
        CaptureTable left = former.only(id -> !running.test(id));
        Set<Ownership> before = Ownership.of(left);
        if (before.equals(Ownership.of(next))) return;
        Set<String> heirs = coming.stream().map(CaptureRoute::id).collect(Collectors.toSet());
        Inheritance inheritance = new Inheritance(ledger, heirs, left, next);
        List<Relayed.Inherited> inherited = new ArrayList<>();
        before.stream().flatMap(each -> each.routes().stream()).distinct().forEach(route -> {
            for (Relayed.Parked row : ledger.relayed().parked(route)) {
                Set<String> to = inheritance.heirs(row);
                if (!to.isEmpty()) inherited.add(new Relayed.Inherited(route, row.position(), to));
            }
        });
        if (!inherited.isEmpty()) ledger.relayed().handOver(inherited).join();
    }

    /** The routes that have the item from now on and have not had it before; none while its route has it still. */
    private Set<String> heirs(Relayed.Parked row) {
        Change change = ledger.at(row.position()).orElse(null);
        if (change == null) return Set.of(); // retention has taken it
        List<String> owners = next.plan(change).map(CapturePlan::routes).orElse(List.of());
        if (owners.contains(row.route())) return Set.of();
        List<String> before = former.plan(change).map(CapturePlan::routes).orElse(List.of());
        return owners.stream()
                .filter(id -> coming.contains(id) && !before.contains(id))
                .collect(Collectors.toSet());
    }
}

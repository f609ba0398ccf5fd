package io.eventful.receive;

import io.eventful.event.Change;
import io.eventful.ledger.Relayed;
import io.eventful.ledger.Relayed.Inherited;
import io.eventful.ledger.Relayed.Parked;
import io.eventful.ledger.Relayed.Received;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which receipts belong to which route. Immutable. */
final class Shares {

    private static final Comparator<Received> ORDER =
            Comparator.comparing(Received::route).thenComparing(Received::path);

    private final List<Received> all;
    private final Map<String, List<Slice>> slices = new HashMap<>();

    /** What a route gets: changes of a source, after one position and up to another. */
    private record Slice(String source, long since, long until) {
        boolean includes(Change change) {
            return since < change.position()
                    && change.position() <= until
                    && source.equals(change.item().source());
        }

        boolean hasLeft(Parked row) {
            return source.equals(row.item().source());
        }
    }

    Shares(List<Received> shares) {
        all = shares.stream().sorted(ORDER).toList();
        for (Received share : all)
            slices.computeIfAbsent(share.route(), fresh -> new ArrayList<>(1))
                    .add(new Slice(Door.source(share.path()), share.since(), share.until()));
    }

    /** In order of routes and paths, so that equal ones have equal lists. */
    List<Received> all() {
        return all;
    }

    /** Whether a change is a receipt that belongs to a route. */
    boolean include(String route, Change change) {
        for (Slice slice : slices.getOrDefault(route, List.of())) if (slice.includes(change)) return true;
        return false;
    }

    /** The receipts that routes have parked and others have to handle from now on. */
    List<Inherited> parked(Map<String, Set<String>> heirs, Relayed relayed) {
        List<Inherited> parked = new ArrayList<>();
        heirs.forEach((route, to) -> {
            for (Parked row : relayed.parked(route))
                if (slices.getOrDefault(route, List.of()).stream().anyMatch(slice -> slice.hasLeft(row)))
                    parked.add(new Inherited(route, row.position(), to));
        });
        return parked;
    }
}

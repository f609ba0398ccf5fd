package io.eventful.receive;

import io.eventful.ledger.Relayed.Received;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Divides the receipts anew when the routes that receive are exchanged for others, so that each has somebody who handles
 * it: their senders were told that they are kept, and do not send them again.
 *
 * <p>A route that goes to another path keeps what came in at the former one. What a route that is gone has not handled
 * belongs to the routes that come to its path, at once or later. Where others receive at a path, whoever left it gets
 * nothing that comes in there from now on. A route that comes back goes on where it was.
 */
final class Division {

    private final Map<String, String> paths;
    private final Function<String, OptionalLong> done;
    private final long head;
    /** What there was, by route and path. */
    private final Map<String, Map<String, Received>> former = new LinkedHashMap<>();

    private final Map<String, Map<String, Received>> next = new LinkedHashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, Set<String>> heirs = new HashMap<>();

    /**
     * Divides.
     *
     * @param former what belonged to whom until now; empty when nothing is known of it, as an older version ran last
     * @param paths where each route receives from now on, by id
     * @param done up to where a route has handled all that is its own; empty when it has never received anything
     * @param head position of the ledger's last change, before anybody receives at a new path
     */
    Division(List<Received> former, Map<String, String> paths, Function<String, OptionalLong> done, long head) {
        this.paths = paths;
        Map<String, OptionalLong> known = new HashMap<>();
        this.done = route -> known.computeIfAbsent(route, done);
        this.head = head;
        for (Received share : former) if (this.done.apply(share.route()).isPresent()) put(this.former, share);
        if (former.isEmpty())
            paths.forEach((route, path) -> {
                if (this.done.apply(route).isPresent()) put(this.former, new Received(route, path, 0, Received.OPEN));
            });
        divide();
    }

    /** What belongs to whom from now on. */
    Shares shares() {
        return new Shares(next.values().stream()
                .flatMap(shares -> shares.values().stream())
                .toList());
    }

    /** Where routes begin to read the ledger that do not go on where they were. */
    Map<String, Long> positions() {
        return positions;
    }

    /** The routes that take over what routes that are gone have left, by these; a route without any has none here. */
    Map<String, Set<String>> heirs() {
        return heirs;
    }

    private void divide() {
        former.forEach((route, shares) -> {
            Set<String> found = paths.containsKey(route) ? Set.of() : heirs(shares);
            if (!found.isEmpty()) heirs.put(route, found);
        });
        Set<String> inheriting = new HashSet<>();
        heirs.values().forEach(inheriting::addAll);
        former.forEach((route, shares) -> {
            long handled = done.apply(route).orElseThrow();
            for (Received share : shares.values()) {
                Set<String> others = heirs.getOrDefault(route, Set.of());
                for (String heir : others) inherit(heir, share, handled);
                // One that reads again what came before, for another one, leaves out what it has handled itself.
                long since = inheriting.contains(route) ? Math.max(share.since(), handled) : share.since();
                if (others.isEmpty()) keep(new Received(route, share.path(), since, end(route, share)), handled);
            }
        });
        paths.forEach((route, path) -> {
            if (!next.getOrDefault(route, Map.of()).containsKey(path))
                put(next, new Received(route, path, head, Received.OPEN));
            if (done.apply(route).isEmpty()) positions.putIfAbsent(route, head);
        });
    }

    /** The routes that come to a path at which nobody has received since a route that is gone. */
    private Set<String> heirs(Map<String, Received> gone) {
        Set<String> heirs = new HashSet<>();
        for (Received share : gone.values())
            if (share.until() == Received.OPEN)
                paths.forEach((route, path) -> {
                    if (path.equals(share.path()) && !isOpen(route, path)) heirs.add(route);
                });
        return heirs;
    }

    private boolean isOpen(String route, String path) {
        Received share = former.getOrDefault(route, Map.of()).get(path);
        return share != null && share.until() == Received.OPEN;
    }

    private void inherit(String heir, Received share, long handled) {
        keep(new Received(heir, share.path(), Math.max(share.since(), handled), end(heir, share)), handled);
        long own = done.apply(heir).orElse(head);
        if (handled < own) positions.merge(heir, handled, Math::min);
    }

    /** Up to where a route gets what comes in at a path. */
    private long end(String route, Received share) {
        if (share.path().equals(paths.get(route))) return Received.OPEN;
        return paths.containsValue(share.path()) ? Math.min(share.until(), head) : share.until();
    }

    private void keep(Received share, long handled) {
        if (share.until() > handled) put(next, share);
    }

    private static void put(Map<String, Map<String, Received>> all, Received share) {
        all.computeIfAbsent(share.route(), fresh -> new LinkedHashMap<>())
                .merge(
                        share.path(),
                        share,
                        (one, other) -> new Received(
                                one.route(),
                                one.path(),
                                Math.min(one.since(), other.since()),
                                Math.max(one.until(), other.until())));
    }
}

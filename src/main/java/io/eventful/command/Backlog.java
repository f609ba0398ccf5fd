package io.eventful.command;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commands that have not ended: in lanes, of which only the first may run, and of these the oldest first. Nothing
 * goes to an upstream that is away until its pause is over. Not thread-safe; its owner holds the lock.
 */
final class Backlog {

    private final Map<String, Pending> byId = new HashMap<>();
    private final Map<String, Pending> byClaim = new HashMap<>();
    private final Map<String, Deque<Pending>> lanes = new HashMap<>();
    private final TreeMap<Long, Pending> ready = new TreeMap<>();
    private final Map<String, Instant> away = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> held = new HashSet<>();

    /** Adds a command behind those of its lane. */
    void add(Pending command) {
        byId.put(command.id, command);
        byClaim.put(command.claim, command);
        Deque<Pending> lane = lanes.computeIfAbsent(command.lane, key -> new ArrayDeque<>(2));
        lane.addLast(command);
        if (lane.peekFirst() == command) ready.put(command.number, command);
    }

    /** The oldest command that may run now, which then runs. */
    Optional<Pending> next() {
        for (Pending command : ready.values()) {
            if (away.containsKey(command.upstream) || held.contains(command.id)) continue;
            ready.remove(command.number);
            running.add(command.id);
            return Optional.of(command);
        }
        return Optional.empty();
    }

    /** A command that ran, or rested, may run again. */
    void again(Pending command) {
        running.remove(command.id);
        if (byId.containsKey(command.id)) ready.put(command.number, command);
    }

    /** A command that ran does not for a while. */
    void rest(Pending command) {
        running.remove(command.id);
    }

    /** A command that does not run must not begin to; false when it runs. */
    boolean hold(Pending command) {
        return !running.contains(command.id) && held.add(command.id);
    }

    /** It may again. */
    void release(Pending command) {
        held.remove(command.id);
    }

    /** Nothing goes to an upstream until the latest of these times has come. */
    void away(String upstream, Instant until) {
        away.merge(upstream, until, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** One of these times has come. */
    void over(String upstream, Instant until) {
        away.remove(upstream, until);
    }

    /** An upstream has answered. */
    void back(String upstream) {
        away.remove(upstream);
    }

    /** A command has ended; the next one of its lane may run. */
    void remove(Pending command) {
        byId.remove(command.id);
        byClaim.remove(command.claim, command);
        ready.remove(command.number);
        running.remove(command.id);
        held.remove(command.id);
        Deque<Pending> lane = lanes.get(command.lane);
        if (lane == null) return;
        boolean first = lane.peekFirst() == command;
        lane.remove(command);
        if (lane.isEmpty()) lanes.remove(command.lane);
        else if (first) ready.put(lane.getFirst().number, lane.getFirst());
    }

    @Nullable
    Pending find(String id) {
        return byId.get(id);
    }

    boolean isClaimed(String claim) {
        return byClaim.containsKey(claim);
    }

    boolean isRunning(Pending command) {
        return running.contains(command.id);
    }

    /** The last command of a lane; null when the lane is empty. */
    @Nullable
    Pending last(String lane) {
        Deque<Pending> commands = lanes.get(lane);
        return commands == null ? null : commands.peekLast();
    }

    int size() {
        return byId.size();
    }

    int running() {
        return running.size();
    }
}

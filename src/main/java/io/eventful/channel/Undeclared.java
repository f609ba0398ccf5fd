package io.eventful.channel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Consumers for which the broker refuses a queue or a group, by destination. What was sent there would never reach them,
 * so nothing is sent: it waits where it comes from, until the consumer is declared or ends. Any thread.
 */
final class Undeclared {

    private final Map<String, Map<String, String>> refusals = new ConcurrentHashMap<>();

    void refused(String destination, String consumer, Throwable reason) {
        if (consumer.equals(QueueNames.NOBODY)) return;
        String why = Failures.reason(reason);
        // At once: an empty map is taken out by who settles the last of another one.
        refusals.compute(destination, (same, known) -> {
            Map<String, String> consumers = known == null ? new ConcurrentHashMap<>() : known;
            consumers.put(consumer, why);
            return consumers;
        });
    }

    /** The consumer is declared, or nobody needs it any more. */
    void settled(String destination, String consumer) {
        refusals.computeIfPresent(destination, (same, consumers) -> {
            consumers.remove(consumer);
            return consumers.isEmpty() ? null : consumers;
        });
    }

    /** Why nothing may be sent to a destination; empty if all its consumers are declared. */
    Optional<ChannelUnavailableException> refusal(String destination) {
        if (refusals.isEmpty()) return Optional.empty();
        Map<String, String> consumers = refusals.get(destination);
        return consumers == null
                ? Optional.empty()
                : consumers.entrySet().stream()
                        .findFirst()
                        .map(one ->
                                new ChannelUnavailableException("The consumer " + one.getKey() + " of " + destination
                                        + " would miss the event, because the broker does not let it be declared: "
                                        + one.getValue()));
    }
}

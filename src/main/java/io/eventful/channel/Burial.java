package io.eventful.channel;

import io.eventful.channel.Inbound.Grave;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies messages of one consumer to its dead letters, and tries again until the broker has them: until then they are not
 * done with.
 *
 * @param retry the time before another try
 * @param later does work after a time
 * @param dead counts them
 */
record Burial(String channel, String consumer, Duration retry, BiConsumer<Duration, Runnable> later, DeadLetters dead) {

    private static final Logger log = LoggerFactory.getLogger(Burial.class);

    /** Buries a message; {@code then} is run when the broker has it, or will hand it out again. */
    void bury(Inbound message, String reason, int attempts, Runnable then) {
        message.bury(new Grave(channel, consumer, reason, attempts)).whenComplete((ok, failure) -> {
            if (failure == null) {
                log.error(
                        "channel.event-dead channel={} consumer={} attempts={} reason=\"{}\"",
                        channel,
                        consumer,
                        attempts,
                        reason);
                dead.add(channel, consumer);
                then.run();
                return;
            }
            log.warn(
                    "channel.dead-letter-failed channel={} consumer={} reason=\"{}\"",
                    channel,
                    consumer,
                    Failures.reason(failure));
            later.accept(retry, () -> {
                if (message.alive()) bury(message, reason, attempts, then);
                else then.run();
            });
        });
    }
}

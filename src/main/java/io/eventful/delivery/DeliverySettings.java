package io.eventful.delivery;

import io.eventful.config.Limits;
import io.eventful.subscription.SinkGuard;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are delivered to subscribers.
 *
 * @param timeout one deadline for an attempt: name resolution, connect, TLS, head and body; 100 ms to 5 min
 * @param retrySchedule delay before each attempt; the first usually 0 s. After its last step a delivery is a dead letter
 * @param allowedNetworks CIDRs that a sink may resolve to although they are not public
 * @param consent whether a sink must agree by the CloudEvents handshake before it receives events
 * @param handoff an attempt still running then is recorded as in flight, so that the channel goes on
 * @param drain when the gateway ends, how long it waits for attempts under way; 0 s to 5 min
 * @param retryAfterMax longest pause that a {@code Retry-After} of a sink may ask for
 * @param secretOverlap how long a replaced signing secret goes on signing beside the new one
 * @param origin DNS name that says who sends ({@code WebHook-Request-Origin})
 * @param retention how long what is done is kept, and how much of it
 * @param breaker when an endpoint that fails is left alone
 * @param tls TLS towards sinks
 * @param bind local address or host name that connections to sinks come from; null for the machine's choice
 * @param proxy a proxy between the gateway and sinks
 * @param limits bounds on what a sink, a backlog or a burst may cost
 */
@ConfigurationProperties("eventful.delivery")
public record DeliverySettings(
        @DefaultValue("15s") Duration timeout,

        @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retrySchedule,

        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("none") Consent consent,
        @DefaultValue("200ms") Duration handoff,
        @DefaultValue("10s") Duration drain,
        @DefaultValue("24h") Duration retryAfterMax,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("localhost") String origin,
        @DefaultValue RetentionSettings retention,
        @DefaultValue BreakerSettings breaker,
        @DefaultValue EgressTls tls,
        @Nullable String bind,
        @DefaultValue EgressProxy proxy,
        @DefaultValue DeliveryLimits limits) {

    private static final String PREFIX = "eventful.delivery.";
    private static final Limits LIMITS = new Limits(PREFIX);

    /** Whether a sink must agree before it receives events (CloudEvents HTTP webhook, section 4). */
    public enum Consent {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    public DeliverySettings {
        LIMITS.between("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        LIMITS.between("handoff", handoff, Duration.ofMillis(1), Duration.ofSeconds(30));
        LIMITS.between("drain", drain, Duration.ZERO, Duration.ofMinutes(5));
        LIMITS.between("retry-after-max", retryAfterMax, Duration.ofSeconds(1), Duration.ofDays(30));
        LIMITS.between("secret-overlap", secretOverlap, Duration.ZERO, Duration.ofDays(30));
        retrySchedule = List.copyOf(retrySchedule);
        allowedNetworks = List.copyOf(allowedNetworks);
        networks(allowedNetworks);
        if (retrySchedule.isEmpty() || retrySchedule.size() > 100)
            throw refused(
                    "retry-schedule",
                    "has " + retrySchedule.size() + " steps",
                    "use 1 to 100 delays, such as [0s, 5s, 5m]");
        for (int i = 0; i < retrySchedule.size(); i++)
            LIMITS.between("retry-schedule[" + i + "]", retrySchedule.get(i), Duration.ZERO, Duration.ofDays(30));
        if (!origin.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"))
            throw refused(
                    "origin", "is not a DNS name", "set it to the DNS name by which subscribers know this gateway");
    }

    /** The longest delay between two attempts of a delivery. */
    Duration longestDelay() {
        return retrySchedule.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static void networks(List<String> networks) {
        for (int i = 0; i < networks.size(); i++) {
            try {
                var unused = new SinkGuard(List.of(networks.get(i)));
            } catch (IllegalArgumentException e) {
                throw refused(
                        "allowed-networks[" + i + "]",
                        "cannot be read, " + e.getMessage(),
                        "use CIDR notation, such as 10.0.0.0/8 or fd00::/8");
            }
        }
    }

    private static IllegalArgumentException refused(String key, String wrong, String remedy) {
        return new IllegalArgumentException(PREFIX + key + " " + wrong + ": " + remedy);
    }
}

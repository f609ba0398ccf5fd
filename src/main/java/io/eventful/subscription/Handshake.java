package io.eventful.subscription;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked and answered in a CloudEvents webhook handshake (HTTP webhook 1.0, section 4). */
final class Handshake {

    private static final int MAX_RATE = 1_000_000_000;

    private Handshake() {}

    /** An answer, read. */
    sealed interface Answer {
        /** @param ratePerMinute 0 for any */
        record Granted(int ratePerMinute) implements Answer {}

        /** @param reason short code */
        record Refused(String reason) implements Answer {}
    }

    /** Deliveries per minute that a subscription asks for; 0 when it asks for none in particular. */
    static int requestedRate(SubscriptionConfig config) {
        return (int) Math.min(MAX_RATE, config.rateLimit() * 60L);
    }

    /** @param callback where consent may be given later; null when the gateway has no public address */
    static Map<String, String> request(String origin, int rate, @Nullable String callback) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("WebHook-Request-Origin", origin);
        if (rate > 0) headers.put("WebHook-Request-Rate", Integer.toString(rate));
        if (callback != null) headers.put("WebHook-Request-Callback", callback);
        return headers;
    }

    /** Only a header that names exactly this origin, or {@code *}, is consent; the status says nothing. */
    static Answer read(ConsentClient.Reply reply, String origin, int requestedRate) {
        String allowed = only(reply, "webhook-allowed-origin");
        if (allowed == null) return new Answer.Refused("consent-not-given");
        if (!allowed.equals("*") && !allowed.equals(origin)) return new Answer.Refused("consent-for-other-origin");
        if (!reply.headers().containsKey("webhook-allowed-rate"))
            return requestedRate > 0 ? new Answer.Refused("consent-without-rate") : new Answer.Granted(0);
        String rate = only(reply, "webhook-allowed-rate");
        int granted = rate == null ? -1 : rate(rate);
        return granted < 0 ? new Answer.Refused("consent-rate-invalid") : new Answer.Granted(granted);
    }

    /** Deliveries per minute, 0 for any ({@code *}); -1 when it is neither a positive number nor {@code *}. */
    static int rate(String text) {
        String rate = text.strip();
        if (rate.equals("*")) return 0;
        if (!rate.matches("[1-9][0-9]{0,17}")) return -1;
        return (int) Math.min(MAX_RATE, Long.parseLong(rate));
    }

    private static @Nullable String only(ConsentClient.Reply reply, String header) {
        List<String> values = reply.headers().getOrDefault(header, List.of());
        return values.size() == 1 ? values.getFirst().strip() : null;
    }
}

package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber asks for, checked (CloudEvents Subscriptions API).
 *
 * @param sink where events go
 * @param types event types, empty for all
 * @param source event source; null for all
 * @param filters checked filter, which is true when all are
 * @param filterDocument the filters as written
 * @param headers {@code protocolsettings.headers}
 * @param sinkCredential secrets included, members by their lower-case names ({@code credentialtype} is {@code PLAIN},
 *     {@code ACCESSTOKEN}, {@code REFRESHTOKEN}, {@code OAUTH2} or {@code CERTIFICATE}; see {@link CredentialReader}); null when none
 * @param config the gateway's own settings
 * @param style how its names were spelled
 */
public record SubscriptionRequest(
        URI sink,
        List<String> types,
        @Nullable String source,
        Filter filters,
        JsonNode filterDocument,
        Map<String, String> headers,
        @Nullable JsonNode sinkCredential,
        SubscriptionConfig config,
        NameStyle style) {

    public SubscriptionRequest {
        types = List.copyOf(types);
        headers = Map.copyOf(headers);
    }

    public SubscriptionRequest(
            URI sink,
            List<String> types,
            @Nullable String source,
            Filter filters,
            JsonNode filterDocument,
            Map<String, String> headers,
            @Nullable JsonNode sinkCredential,
            SubscriptionConfig config) {
        this(sink, types, source, filters, filterDocument, headers, sinkCredential, config, NameStyle.LOWER);
    }

    /** The same for a subscription that has begun somewhere already. */
    SubscriptionRequest startingAt(SubscriptionConfig.Start begun) {
        return new SubscriptionRequest(
                sink, types, source, filters, filterDocument, headers, sinkCredential, config.startingAt(begun), style);
    }

    /** The same in place of another one: it begins where that began, and goes on with the tokens that are renewed by now. */
    SubscriptionRequest replacing(SubscriptionRequest present) {
        return startingAt(present.config().start())
                .with(RefreshTokens.upToDate(sinkCredential, present.sinkCredential()));
    }

    /** The same with another credential. */
    SubscriptionRequest with(@Nullable JsonNode credential) {
        return new SubscriptionRequest(
                sink, types, source, filters, filterDocument, headers, credential, config, style);
    }

    /** Secrets of its credential that are still to be given, by their lower-case names; without them it is not sent to. */
    public List<String> lacking() {
        return sinkCredential == null ? List.of() : CredentialTypes.lacking(sinkCredential);
    }

    /** Functions that its {@code sql} filters call and that do not exist, with the number of their arguments. */
    public List<String> unknownFunctions() {
        return filters instanceof CompiledFilter compiled
                ? compiled.condition().unknownFunctions().distinct().toList()
                : List.of();
    }

    /** Whether a sink is at the same server, by the same protocol. */
    boolean goesTo(URI other) {
        return server(sink).equals(server(other));
    }

    private static String server(URI sink) {
        String scheme = String.valueOf(sink.getScheme()).toLowerCase(Locale.ROOT);
        int port = sink.getPort() >= 0 ? sink.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(sink.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Whether an event of a channel is wanted, by channel, source, type and filters. Never blocks, never throws. */
    public boolean wants(String channel, Event event) {
        return config.covers(channel) && wants(new EventView(event));
    }

    /** The same for an event of a channel that is wanted. */
    boolean wants(EventView view) {
        Event event = view.event();
        return (types.isEmpty() || types.contains(event.type()))
                && (source == null || source.equals(event.source()))
                && (config.pattern() == null
                        || config.pattern().equals(event.extensions().get(SubscriptionConfig.PATTERN)))
                && (filters instanceof CompiledFilter compiled
                        ? compiled.condition().test(view)
                        : filters.matches(event));
    }

    /** Never prints a credential or a header. */
    @Override
    public String toString() {
        return "SubscriptionRequest[sink=" + sink.getScheme() + "://" + sink.getRawAuthority() + ", types=" + types
                + ", config=" + config + "]";
    }
}

package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeMap;

/** Writes subscriptions as the objects of the CloudEvents Subscriptions API. Secrets are only written when asked for. */
public final class SubscriptionDocuments {

    private SubscriptionDocuments() {}

    /** A subscription as a reply shows it: without secrets. */
    public static ObjectNode of(Subscription subscription, Progress.Position progress, NameStyle style) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", subscription.id());
        json.setAll(request(subscription.request(), style));
        json.put("status", subscription.status().state().name().toLowerCase(Locale.ROOT));
        if (!subscription.status().reason().isEmpty())
            json.put("reason", subscription.status().reason());
        json.put("position", progress.position());
        json.put("lag", progress.lag());
        if (progress.endpoint() != null) endpoint(json, progress.endpoint());
        json.put(
                SubscriptionRequests.NAMES.spelled("createdat", style),
                subscription.createdAt().toString());
        return json;
    }

    /** An active subscription whose endpoint is not called now says why as its reason. */
    private static void endpoint(ObjectNode json, Progress.Endpoint endpoint) {
        if (!json.has("reason") && endpoint.until() != null) json.put("reason", endpoint.state());
        ObjectNode shown = json.putObject("endpoint");
        shown.put("state", endpoint.state()).put("failures", endpoint.failures());
        if (endpoint.since() != null)
            shown.put("since", endpoint.since().truncatedTo(ChronoUnit.MILLIS).toString());
        if (endpoint.until() != null)
            shown.put("until", endpoint.until().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** The same with the current signing secret as {@code config.secret}: only for who has just made it. */
    public static ObjectNode withSecret(Subscription subscription, Progress.Position progress, NameStyle style) {
        ObjectNode json = of(subscription, progress, style);
        json.withObject("/config")
                .put("secret", subscription.secrets().getFirst().text());
        return json;
    }

    /** What the subscriber set, without the secrets of its credential. */
    static ObjectNode request(SubscriptionRequest request, NameStyle style) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Names names = SubscriptionRequests.NAMES;
        json.put("sink", request.sink().toString());
        json.put("protocol", "HTTP");
        if (!request.headers().isEmpty()) {
            ObjectNode headers =
                    json.putObject(names.spelled("protocolsettings", style)).putObject("headers");
            new TreeMap<>(request.headers()).forEach(headers::put);
        }
        if (request.sinkCredential() != null)
            json.set(names.spelled("sinkcredential", style), credential(request.sinkCredential(), style));
        if (!request.types().isEmpty()) request.types().forEach(json.putArray("types")::add);
        if (request.source() != null) json.put("source", request.source());
        if (!request.filterDocument().isEmpty()) json.set("filters", request.filterDocument());
        json.set("config", config(request.config(), style));
        return json;
    }

    private static ObjectNode credential(JsonNode credential, NameStyle style) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        credential.properties().forEach(member -> {
            if (!CredentialReader.SECRETS.contains(member.getKey()))
                shown.set(CredentialReader.NAMES.spelled(member.getKey(), style), member.getValue());
        });
        return shown;
    }

    private static ObjectNode config(SubscriptionConfig config, NameStyle style) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Names names = ConfigReader.NAMES;
        if (config.channel() != null) json.put("channel", config.channel());
        json.put(
                names.spelled("contentmode", style), config.contentMode().name().toLowerCase(Locale.ROOT));
        json.put("ordering", config.ordering().name().toLowerCase(Locale.ROOT));
        if (config.rateLimit() > 0) json.put(names.spelled("ratelimit", style), config.rateLimit());
        json.put(
                "start",
                switch (config.start()) {
                    case Start.Now now -> "now";
                    case Start.Earliest earliest -> "earliest";
                    case Start.Position at -> Long.toString(at.position());
                });
        if (config.pattern() != null) json.put("pattern", config.pattern());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = json.putObject("labels");
            new TreeMap<>(config.labels()).forEach(labels::put);
        }
        return json;
    }
}

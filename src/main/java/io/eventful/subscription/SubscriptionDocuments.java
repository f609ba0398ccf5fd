package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes subscriptions as the objects of the CloudEvents Subscriptions API. Secrets are only written when asked for. */
public final class SubscriptionDocuments {

    private SubscriptionDocuments() {}

    /** A subscription as a reply shows it: without secrets. */
    public static ObjectNode of(Subscription subscription, Progress.Position progress, NameStyle style) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", subscription.id());
        json.setAll(request(subscription.request(), style));
        publicKey(subscription, json, style);
        json.put("status", status(subscription, progress.endpoint()));
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

    /**
     * The status that is shown. An active subscription that its endpoint has asked to wait is paused until then; with an open
     * circuit it is still active, since deliveries are tried.
     *
     * @param endpoint how its endpoint is; null when it is well
     */
    public static String status(Subscription subscription, Progress.@Nullable Endpoint endpoint) {
        Status.State state = subscription.status().state();
        boolean waits =
                endpoint != null && endpoint.until() != null && endpoint.state().equals("retry-after");
        return (waits && state == Status.State.ACTIVE ? Status.State.PAUSED : state)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    /** An active subscription whose endpoint is not called now says why as its reason. */
    private static void endpoint(ObjectNode json, Progress.Endpoint endpoint) {
        if (!json.has("reason") && !endpoint.state().equals("failing")) json.put("reason", endpoint.state());
        ObjectNode shown = json.putObject("endpoint");
        shown.put("state", endpoint.state()).put("failures", endpoint.failures());
        if (endpoint.since() != null)
            shown.put("since", endpoint.since().truncatedTo(ChronoUnit.MILLIS).toString());
        if (endpoint.until() != null)
            shown.put("until", endpoint.until().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /**
     * The same with the current signing secret as {@code config.secret}: only for who has just made it. Nobody else needs
     * the private key of {@code v1a}, so that is never shown.
     */
    public static ObjectNode withSecret(Subscription subscription, Progress.Position progress, NameStyle style) {
        ObjectNode json = of(subscription, progress, style);
        if (subscription.request().config().signatures().contains(SignatureScheme.V1))
            subscription
                    .current(SignatureScheme.V1)
                    .ifPresent(secret -> json.withObject("/config").put("secret", secret.text()));
        return json;
    }

    /** A changed subscription, with its signing secret when that is new. */
    public static ObjectNode changed(
            Subscription before, Subscription after, Progress.Position progress, NameStyle style) {
        boolean fresh = !after.current(SignatureScheme.V1).equals(before.current(SignatureScheme.V1));
        return fresh ? withSecret(after, progress, style) : of(after, progress, style);
    }

    /** A document without the keys of a subscription, which a reply showed and which may be sent back. */
    public static JsonNode withoutKeys(JsonNode document, Subscription subscription) {
        if (!(document.deepCopy() instanceof ObjectNode json) || !(json.get("config") instanceof ObjectNode config))
            return document;
        // Also those that a rotation has replaced since the document was read.
        Set<String> own = new HashSet<>();
        for (Subscription.Secret secret : subscription.secrets())
            own.add(secret.scheme() == SignatureScheme.V1A ? SigningKeys.publicText(secret.text()) : secret.text());
        for (String name : List.of("secret", "publickey", "publicKey"))
            if (own.contains(config.path(name).asText())) config.remove(name);
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

    /** The public key that verifies {@code v1a}: everybody may know it. */
    private static void publicKey(Subscription subscription, ObjectNode json, NameStyle style) {
        if (!subscription.request().config().signatures().contains(SignatureScheme.V1A)) return;
        subscription
                .current(SignatureScheme.V1A)
                .ifPresent(secret -> json.withObject("/config")
                        .put(ConfigReader.NAMES.spelled("publickey", style), SigningKeys.publicText(secret.text())));
    }

    /** Whether two requests ask for the same, secrets included. */
    static boolean same(SubscriptionRequest one, SubscriptionRequest other) {
        return request(one, NameStyle.LOWER).equals(request(other, NameStyle.LOWER))
                && Objects.equals(one.sinkCredential(), other.sinkCredential());
    }

    private static ObjectNode credential(JsonNode credential, NameStyle style) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        credential.properties().forEach(member -> {
            if (!CredentialTypes.SECRETS.contains(member.getKey()))
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
        if (config.name() != null) json.put("name", config.name());
        if (!config.signatures().equals(Set.of(SignatureScheme.V1)))
            new TreeSet<>(config.signatures())
                    .forEach(scheme -> json.withArray("/signatures").add(scheme.version()));
        if (config.expires() != null) json.put("expires", config.expires().toString());
        if (config.maxEvents() > 0) json.put(names.spelled("maxevents", style), config.maxEvents());
        if (config.pattern() != null) json.put("pattern", config.pattern());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = json.putObject("labels");
            new TreeMap<>(config.labels()).forEach(labels::put);
        }
        return json;
    }
}

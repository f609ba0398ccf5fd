package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks what a subscriber asks for: the object of the CloudEvents Subscriptions API 0.1, with lower-case or
 * camelCase names. Everything that is wrong is reported at once. Thread-safe; may wait up to two seconds for DNS.
 */
public final class SubscriptionRequests {

    static final Names NAMES = Names.of(
            "id",
            "sink",
            "protocol",
            "protocolSettings",
            "sinkCredential",
            "types",
            "source",
            "filters",
            "config",
            "status",
            "reason",
            "position",
            "lag",
            "endpoint",
            "createdAt",
            "warnings");

    static final Names PROTOCOL_SETTINGS = Names.of("headers", "method");

    private static final int MAX_TYPES = 200;
    private static final int MAX_TEXT = 2_048;

    private final SinkReader sinks;

    /** Checks sinks by a guard; names are resolved by the resolver. */
    public SubscriptionRequests(SinkGuard guard, SinkGuard.Resolver resolver) {
        this(new SinkPolicy.Guarded(guard, resolver));
    }

    SubscriptionRequests(SinkPolicy policy) {
        this.sinks = new SinkReader(policy);
    }

    /**
     * Reads a request for a new subscription.
     *
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    public SubscriptionRequest parse(JsonNode document) {
        return parse(document, null);
    }

    /**
     * Reads a replacement; secrets of the credential that it leaves out are those of the previous request.
     *
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    public SubscriptionRequest parse(JsonNode document, @Nullable SubscriptionRequest previous) {
        return parse(document, previous, CredentialReader.Incomplete.REFUSED);
    }

    /**
     * The same.
     *
     * @param incomplete what is done with a credential whose secret neither of the two has
     */
    SubscriptionRequest parse(
            JsonNode document, @Nullable SubscriptionRequest previous, CredentialReader.Incomplete incomplete) {
        return read(document, previous, incomplete, new Findings());
    }

    /** Reads a request that was stored, without its credential. */
    SubscriptionRequest stored(JsonNode document) {
        return read(document, null, CredentialReader.Incomplete.REFUSED, new Findings(Findings.Origin.STORED));
    }

    private SubscriptionRequest read(
            JsonNode document,
            @Nullable SubscriptionRequest previous,
            CredentialReader.Incomplete incomplete,
            Findings findings) {
        // Members that the gateway sets (id, status, …) may be sent back and are ignored.
        Members members = Members.read(document, "", NAMES, findings);
        if (!document.isObject()) findings.raise();
        members.word("protocol", "HTTP");
        URI sink = sink(members, findings);
        List<String> types = types(members, findings);
        String source = members.text("source", MAX_TEXT).orElse(null);
        JsonNode filters = members.get("filters");
        if (filters == null) filters = JsonNodeFactory.instance.arrayNode();
        Condition condition = new FilterReader(findings).read(filters, members.at("filters"));
        Map<String, String> headers = headers(members, findings);
        JsonNode credential = members.get("sinkcredential");
        if (credential != null)
            credential = new CredentialReader(
                            findings, sinks, previous == null ? null : previous.sinkCredential(), incomplete)
                    .read(
                            credential,
                            members.at("sinkcredential"),
                            previous != null && sink != null && previous.goesTo(sink)
                                    ? CredentialReader.Receiver.SAME
                                    : CredentialReader.Receiver.OTHER);
        if (sink != null
                && credential != null
                && credential.path("credentialtype").asText().equals("CERTIFICATE")
                && !sink.getScheme().equalsIgnoreCase("https"))
            findings.problem(members.at("sinkcredential"), "a client certificate requires TLS", "Use an https sink.");
        SubscriptionConfig config = new ConfigReader(findings).read(members.get("config"), members.at("config"));
        findings.raise();
        if (sink == null) throw new IllegalStateException("a missing sink is always reported");
        return new SubscriptionRequest(
                sink,
                types,
                source,
                new CompiledFilter(condition),
                filters.deepCopy(),
                headers,
                credential,
                config,
                findings.style());
    }

    private @Nullable URI sink(Members members, Findings findings) {
        if (members.get("sink") == null) {
            findings.problem(
                    members.at("sink"),
                    "is missing",
                    "Set it to the URL that receives the events, such as \"https://example.com/hook\".");
            return null;
        }
        return members.text("sink", MAX_TEXT)
                .map(text -> sinks.read(text, members.at("sink"), findings))
                .orElse(null);
    }

    private static List<String> types(Members members, Findings findings) {
        JsonNode types = members.get("types");
        if (types == null) return List.of();
        String pointer = members.at("types");
        if (!types.isArray() || types.size() > MAX_TYPES) {
            findings.problem(
                    pointer,
                    "is not an array of at most " + MAX_TYPES + " types",
                    "Use an array such as [\"customer.created\"], or remove it to receive all types.");
            return List.of();
        }
        List<String> result = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String at = pointer + "/" + i;
            Members.text(types.get(i), at, 256, findings).ifPresent(type -> {
                if (type.indexOf('*') >= 0)
                    findings.problem(
                            at,
                            "types are matched exactly; \"*\" is not a wildcard",
                            "Use a filter, such as {\"prefix\": {\"type\": \"customer.\"}}.");
                result.add(type);
            });
        }
        return result;
    }

    private static Map<String, String> headers(Members members, Findings findings) {
        JsonNode settings = members.get("protocolsettings");
        if (settings == null) return Map.of();
        Members protocol = Members.read(settings, members.at("protocolsettings"), PROTOCOL_SETTINGS, findings);
        protocol.word("method", "POST");
        JsonNode headers = protocol.get("headers");
        return headers == null ? Map.of() : HeaderRules.read(headers, protocol.at("headers"), findings);
    }
}

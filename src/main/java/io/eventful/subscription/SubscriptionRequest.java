package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
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
 * @param sinkCredential as written, secrets included; null when none
 * @param config the gateway's own settings
 */
public record SubscriptionRequest(
        URI sink,
        List<String> types,
        @Nullable String source,
        Filter filters,
        JsonNode filterDocument,
        Map<String, String> headers,
        @Nullable JsonNode sinkCredential,
        SubscriptionConfig config) {}

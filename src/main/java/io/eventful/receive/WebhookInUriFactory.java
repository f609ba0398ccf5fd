package io.eventful.receive;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/** Tells Camel which options are secrets: it takes them as they stand, whatever characters they have. */
public final class WebhookInUriFactory extends EndpointUriFactorySupport {

    private static final Set<String> SECRETS = Set.of("secret", "secret2");
    private static final Set<String> NAMES = Set.of(
            "path",
            "provider",
            "secret",
            "secret2",
            "subject",
            "bodyLimit",
            "rate",
            "tolerance",
            "header",
            "algorithm",
            "encoding",
            "prefix",
            "signed",
            "timestamp",
            "event",
            "delivery",
            "origins");

    @Override
    public boolean isEnabled(String scheme) {
        return "webhook-in".equals(scheme);
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        Map<String, Object> copy = new HashMap<>(properties);
        String uri = buildPathParameter(scheme + ":path", scheme + ":path", "path", null, true, copy);
        return buildQueryParameters(uri, copy, encode);
    }

    @Override
    public Set<String> propertyNames() {
        return NAMES;
    }

    @Override
    public Set<String> secretPropertyNames() {
        return SECRETS;
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
        return Map.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}

package io.eventful.view;

import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.URISupport;

/**
 * A parsed endpoint URI of a route.
 *
 * @param scheme scheme of the component
 * @param path the part after the scheme, without options
 * @param parameters options
 */
record Address(String scheme, String path, Map<String, String> parameters) {

    static Address of(CamelContext context, String given) {
        String uri = context.resolvePropertyPlaceholders(given);
        int colon = uri.indexOf(':');
        if (colon < 0) return new Address("", uri, Map.of());
        int question = uri.indexOf('?', colon);
        String path = question < 0 ? uri.substring(colon + 1) : uri.substring(colon + 1, question);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (question >= 0) {
            try {
                URISupport.parseQuery(uri.substring(question + 1))
                        .forEach((name, value) -> parameters.put(name, String.valueOf(value)));
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("the options of " + uri.substring(0, colon) + ": cannot be read", e);
            }
        }
        String plain = path.startsWith("//") ? path.substring(2) : path;
        return new Address(uri.substring(0, colon), URLDecoder.decode(plain, StandardCharsets.UTF_8), parameters);
    }

    boolean isAt(String target) {
        return (scheme + ':' + path).equals(target);
    }
}

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

    /** Parses a URI. What of it cannot be read stays as written, and is then the address of no other route. */
    static Address of(CamelContext context, String given) {
        String uri = resolved(context, given);
        int colon = uri.indexOf(':');
        if (colon < 0) return new Address("", uri, Map.of());
        int question = uri.indexOf('?', colon);
        String path = question < 0 ? uri.substring(colon + 1) : uri.substring(colon + 1, question);
        String plain = path.startsWith("//") ? path.substring(2) : path;
        return new Address(
                uri.substring(0, colon),
                decoded(plain),
                question < 0 ? Map.of() : parameters(uri.substring(question + 1)));
    }

    private static String resolved(CamelContext context, String given) {
        try {
            return context.resolvePropertyPlaceholders(given);
        } catch (RuntimeException e) {
            return given;
        }
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            URISupport.parseQuery(query).forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            return Map.of();
        }
        return parameters;
    }

    boolean isAt(String target) {
        return (scheme + ':' + path).equals(target);
    }
}

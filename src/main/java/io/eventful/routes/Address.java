package io.eventful.routes;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.URISupport;

/**
 * A parsed endpoint URI.
 *
 * @param name the part after the scheme, without options
 */
record Address(String scheme, String name, Map<String, String> options) {

    /** Parses a URI; resolves its placeholders if they have values. */
    static Address of(CamelContext context, String uri) {
        String resolved;
        try {
            resolved = context.resolvePropertyPlaceholders(uri);
        } catch (RuntimeException e) {
            resolved = uri;
        }
        int colon = resolved.indexOf(':');
        String rest = resolved.substring(colon + 1);
        int query = rest.indexOf('?');
        String name = query < 0 ? rest : rest.substring(0, query);
        if (name.startsWith("//")) name = name.substring(2);
        return new Address(
                colon < 0 ? "" : resolved.substring(0, colon),
                name,
                query < 0 ? Map.of() : options(rest.substring(query + 1)));
    }

    /** The name by which sender and consumer of a queue are matched. */
    String queue() {
        return scheme + ":" + name;
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        try {
            URISupport.parseQuery(query).forEach((name, value) -> options.put(name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            // The route is running, so the component has parsed it; malformed options are only missing in the
            // description.
            return Map.of();
        }
        return options;
    }
}

package io.eventful.routes;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.URISupport;

/**
 * An endpoint's URI, taken apart.
 *
 * @param name what follows the scheme, without options
 */
record Address(String scheme, String name, Map<String, String> options) {

    /** Placeholders are resolved where they can be. */
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

    /** Where it waits for who reads it. */
    String queue() {
        return scheme + ":" + name;
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        try {
            URISupport.parseQuery(query).forEach((name, value) -> options.put(name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            // The route runs, so the component has read it; without options it is described less exactly.
            return Map.of();
        }
        return options;
    }
}

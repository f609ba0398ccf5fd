package io.eventful.routes;

import io.eventful.routes.Outline.EndpointMark;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlSupport;

/**
 * A use of an endpoint in a route, with placeholders resolved.
 *
 * @param name the part after the scheme, without options; empty if it is known only at runtime
 * @param options options from the URI and from {@code parameters}
 */
record EndpointUse(EndpointMark mark, String scheme, String name, Map<String, String> options) {

    /** Empty if the URI is invalid, which another check reports. */
    static Optional<EndpointUse> of(CamelContext context, EndpointMark mark) {
        String uri;
        try {
            String resolved = context.resolvePropertyPlaceholders(mark.uri());
            uri = mark.isDynamic() || resolved.contains("${")
                    ? resolved
                    : YamlSupport.createEndpointUri(context, mark.node(), resolved, mark.parameters());
        } catch (Exception e) {
            return Optional.empty();
        }
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        String rest = colon < 0 ? "" : uri.substring(colon + 1);
        int query = rest.indexOf('?');
        String name = query < 0 ? rest : rest.substring(0, query);
        if (name.startsWith("//")) name = name.substring(2);
        Map<String, String> options = new LinkedHashMap<>();
        mark.parameters().forEach((option, value) -> options.put(option, resolved(context, String.valueOf(value))));
        if (query >= 0) query(mark.uri(), options, context);
        return Optional.of(new EndpointUse(
                mark, scheme.toLowerCase(Locale.ROOT), name.contains("${") ? "" : name.strip(), options));
    }

    private static void query(String uri, Map<String, String> options, CamelContext context) {
        int query = uri.indexOf('?');
        if (query < 0) return;
        for (String pair : uri.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                options.putIfAbsent(pair.substring(0, equals), resolved(context, decoded(pair.substring(equals + 1))));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String resolved(CamelContext context, String text) {
        try {
            return context.resolvePropertyPlaceholders(text);
        } catch (RuntimeException e) {
            return text;
        }
    }

    boolean isFrom() {
        return mark.step().equals("from");
    }

    boolean isDynamic() {
        return name.isEmpty();
    }

    Place place() {
        return mark.place();
    }
}

package io.eventful.routes;

import io.eventful.routes.Outline.EndpointMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;

/** Finds secrets that are written in clear text in a route file. */
final class SecretCheck {

    private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@\\s:{]+:[^/@\\s{]+@");

    private SecretCheck() {}

    static void check(EndpointMark mark, List<RouteProblem> problems) {
        Map<String, String> options = new LinkedHashMap<>();
        mark.parameters().forEach((name, value) -> options.put(name, String.valueOf(value)));
        int query = mark.uri().indexOf('?');
        if (query >= 0)
            for (String pair : mark.uri().substring(query + 1).split("&", -1))
                if (pair.indexOf('=') > 0)
                    options.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        options.forEach((name, value) -> {
            if (secret(name) && plain(value))
                problems.add(mark.placeOf(name)
                        .warning(
                                "clear-text-secret",
                                "the value of \"" + name + "\" is written in clear text",
                                "write {{env:" + variable(name) + "}} and set the environment variable"));
        });
        if (USER_INFORMATION.matcher(mark.uri()).find())
            problems.add(mark.place()
                    .warning(
                            "clear-text-secret",
                            "the URI contains a password in clear text",
                            "replace it with {{env:NAME}} and set the environment variable"));
    }

    private static boolean secret(String name) {
        // Camel marks clientId as secret, too, but it is not confidential.
        return name.equals("secret2") || (SensitiveUtils.containsSensitive(name) && !name.equalsIgnoreCase("clientId"));
    }

    /** Whether a value is in clear text: not a placeholder, bean reference or expression, and not a boolean. */
    private static boolean plain(String value) {
        return !value.isBlank()
                && !value.contains("{{")
                && !value.contains("${")
                && !value.startsWith("#")
                && !value.equals("true")
                && !value.equals("false");
    }

    private static String variable(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }
}

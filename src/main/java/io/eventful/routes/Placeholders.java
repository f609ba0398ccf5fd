package io.eventful.routes;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Reports placeholders without a value, and how to set it. */
final class Placeholders {

    private static final Pattern KEY = Pattern.compile("Property with key \\[([^\\]]+)]");
    private static final Pattern VARIABLE = Pattern.compile("Property with key \\[env:([A-Za-z_][A-Za-z0-9_]*)]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

    private Placeholders() {}

    static void check(Outline outline, CamelContext context, List<RouteProblem> problems) {
        for (Outline.NameMark word : outline.words) if (word.name().contains("{{")) check(word, context, problems);
    }

    private static void check(Outline.NameMark word, CamelContext context, List<RouteProblem> problems) {
        if (count(word.name(), "{{") > count(word.name(), "}}")) {
            problems.add(word.place().error("unknown-placeholder", "a placeholder is not closed", "close it with }}"));
            return;
        }
        try {
            context.resolvePropertyPlaceholders(word.name());
        } catch (RuntimeException e) {
            problems.add(unknown(word.place(), e));
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length;
    }

    private static RouteProblem unknown(Place place, RuntimeException failure) {
        String message = Messages.of(failure);
        Matcher variable = VARIABLE.matcher(message);
        if (variable.find())
            return place.error(
                    "unknown-placeholder",
                    "the environment variable " + variable.group(1) + " of {{env:" + variable.group(1)
                            + "}} is not set",
                    "set it where the gateway starts, or write {{env:" + variable.group(1) + ":default}}");
        Matcher key = KEY.matcher(message);
        if (!key.find() || !NAME.matcher(key.group(1)).matches())
            return place.error("unknown-placeholder", message, "write {{name}} or {{name:default}}");
        String name = key.group(1);
        return place.error(
                "unknown-placeholder",
                "there is no value for the placeholder {{" + name + "}}",
                "set " + name + " in config/application.yaml, or " + variable(name) + " in the environment");
    }

    /** The environment variable that Spring maps to the name. */
    private static String variable(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}

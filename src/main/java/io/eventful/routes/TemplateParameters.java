package io.eventful.routes;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/**
 * The parameters of a route that was made from a template; none of another route. Camel knows them only while it builds
 * the route, so whoever reads the definition later needs their values in it.
 *
 * @param values by name, with the defaults of the template
 */
record TemplateParameters(Map<String, Object> values) {

    /** {@code {{name}}}, {@code {{name:default}}}, or {@code {{?name}}}, which drops an option without a value. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*\\??\\s*([^{}:?!]+?)\\s*(?::[^{}]*)?}}");

    static TemplateParameters of(RouteDefinition route) {
        return new TemplateParameters(
                Optional.ofNullable(route.getTemplateParameters()).orElseGet(Map::of));
    }

    /** A text with the values of the parameters; other placeholders stay. */
    String in(String text) {
        if (values.isEmpty()) return text;
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            Object value = values.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value.toString());
        });
    }

    /** Writes the values into the addresses of a route. */
    void resolveAddresses(RouteDefinition route) {
        if (values.isEmpty()) return;
        FromDefinition from = route.getInput();
        if (from.getUri() != null) from.setUri(in(from.getUri()));
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            switch (step) {
                case SendDefinition<?> send when send.getUri() != null -> send.setUri(in(send.getUri()));
                case ToDynamicDefinition send when send.getUri() != null -> send.setUri(in(send.getUri()));
                case PollDefinition poll when poll.getUri() != null -> poll.setUri(in(poll.getUri()));
                default -> {}
            }
        }
    }
}

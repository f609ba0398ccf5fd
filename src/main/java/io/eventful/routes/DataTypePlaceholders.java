package io.eventful.routes;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;

/** Resolves placeholders in data types (template parameters and configuration), which Camel itself does not resolve. */
final class DataTypePlaceholders {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\s*([^{}:?]+?)\\s*}}");

    private final CamelContext context;
    private final RouteDefinition route;

    DataTypePlaceholders(CamelContext context, RouteDefinition route) {
        this.context = context;
        this.route = route;
    }

    /** Fails with {@link IllegalArgumentException} if a placeholder has no value or the result is not a data type. */
    void resolve() {
        for (TransformDataTypeDefinition step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), TransformDataTypeDefinition.class)) {
            String type = step.getToType();
            if (type == null || !type.contains("{{")) continue;
            String resolved = context.resolvePropertyPlaceholders(parametersOf(type));
            if (resolved.startsWith(EventDataType.SCHEME + ":")) check(type, resolved);
            step.setToType(resolved);
        }
    }

    private static void check(String written, String resolved) {
        try {
            TypeName unused = TypeName.parse(resolved);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in place of " + written + ": " + e.getMessage());
        }
    }

    private String parametersOf(String type) {
        Map<String, Object> given = route.getTemplateParameters();
        if (given == null) return type;
        return PARAMETER.matcher(type).replaceAll(found -> {
            Object value = given.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value.toString());
        });
    }
}

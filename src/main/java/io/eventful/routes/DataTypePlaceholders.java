package io.eventful.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;

/** Resolves placeholders in data types (template parameters and configuration), which Camel itself does not resolve. */
final class DataTypePlaceholders {

    private final CamelContext context;
    private final RouteDefinition route;

    DataTypePlaceholders(CamelContext context, RouteDefinition route) {
        this.context = context;
        this.route = route;
    }

    /** Fails with {@link IllegalArgumentException} if a placeholder has no value or the result is not a data type. */
    void resolve() {
        TemplateParameters parameters = TemplateParameters.of(route);
        for (TransformDataTypeDefinition step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), TransformDataTypeDefinition.class)) {
            String type = step.getToType();
            if (type == null || !type.contains("{{")) continue;
            String resolved = context.resolvePropertyPlaceholders(parameters.in(type));
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
}

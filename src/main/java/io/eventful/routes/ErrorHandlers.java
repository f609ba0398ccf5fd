package io.eventful.routes;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spring.SpringCamelContext;

/**
 * The error handlers of routes: of the route itself, of its route configuration, of its file, or the gateway's own. Camel
 * makes the {@code errorHandler} of a file that of the whole context, where it would take over the routes of other files.
 */
final class ErrorHandlers {

    /** Errors are logged once and without the message body, which may contain personal data. */
    private static final DefaultErrorHandlerDefinition STANDARD = new DefaultErrorHandlerDefinition()
            .logStackTrace(false)
            .logExhaustedMessageHistory(false)
            .logExhaustedMessageBody(false);

    private final ExtendedCamelContext context;
    private final Map<String, ErrorHandlerFactory> byFile = new HashMap<>();

    ErrorHandlers(SpringCamelContext context) {
        this.context = context.getCamelContextExtension();
    }

    /** Takes the error handler that the context has got from a file that was read. */
    void takeFrom(String file) {
        ErrorHandlerFactory given = context.getErrorHandlerFactory();
        if (given != null) byFile.put(file, given);
        context.setErrorHandlerFactory(null);
    }

    /** Gives a route of a file its error handler, unless it has one. */
    void give(RouteDefinition route, String file) {
        route.setErrorHandlerFactoryIfNull(byFile.getOrDefault(file, STANDARD).cloneBuilder());
    }
}

package io.eventful.routes;

import io.eventful.event.EventType;
import io.eventful.routes.RouteFlows.EventKind;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.model.language.ExpressionDefinition;

/** What becomes of the kinds of events at the steps of a route. */
final class EventKinds {

    private static final Pattern DYNAMIC = Pattern.compile("\\$\\{[^}]*}");

    private EventKinds() {}

    /** Removes events of unknown rendering whose type is also known with a rendering. */
    static Set<EventKind> known(Set<EventKind> events) {
        Set<String> rendered = events.stream()
                .filter(each -> !each.rendering().isEmpty())
                .map(EventKind::type)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(each -> !each.rendering().isEmpty() || !rendered.contains(each.type()))
                .collect(Collectors.toSet());
    }

    static Set<EventKind> captured(Address from) {
        String resource = CapturedTypes.resource(from.name(), from.options()).orElse("*");
        return CapturedTypes.actions(from.options()).stream()
                .filter(action -> !action.equals(EventType.RECEIVED))
                .map(action -> new EventKind(resource + "." + action, ""))
                .collect(Collectors.toSet());
    }

    static Set<EventKind> rendered(String type, Set<EventKind> events) {
        String plain = TypeName.plain(type);
        if (!plain.startsWith(EventDataType.SCHEME + ":")) return events;
        String rendering = plain.substring(EventDataType.SCHEME.length() + 1);
        return events.stream()
                .map(each -> new EventKind(each.type(), rendering))
                .collect(Collectors.toSet());
    }

    /** The events with the type that a step sets. */
    static Set<EventKind> typed(ExpressionDefinition type, Set<EventKind> events) {
        String known = DYNAMIC.matcher(fixed(type) ? type.getExpression() : "*").replaceAll("*");
        return events.stream()
                .map(each -> new EventKind(known, each.rendering()))
                .collect(Collectors.toSet());
    }

    static boolean fixed(ExpressionDefinition expression) {
        return Set.of("constant", "simple").contains(expression.getLanguage());
    }
}

package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.util.KeyValueHolder;
import org.apache.camel.util.OgnlHelper;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the bean language that Simple uses for {@code ${body.after.email}}: paths into changes and events are
 * evaluated on their JSON. A missing member is null; anything else, such as a method call, is left to Camel.
 */
final class BodyLanguage extends BeanLanguage {

    private static final int BEAN = 1;
    private static final int METHOD = 2;

    /** The members of a change. */
    static final Set<String> CHANGE = Set.of(
            "position",
            "source",
            "scope",
            "subject",
            "revision",
            "resource",
            "action",
            "type",
            "time",
            "outcome",
            "order",
            "guarantee",
            "request",
            "response",
            "before",
            "after",
            "images",
            "patch",
            "inverse",
            "reversible",
            "beforeDigest",
            "afterDigest",
            "traceparent",
            "causationid",
            "reason");

    @Override
    public Expression createExpression(@Nullable String expression, Object[] properties) {
        if (properties.length > METHOD
                && properties[METHOD] instanceof String path
                && (properties[BEAN] instanceof Change || properties[BEAN] instanceof Event))
            return new Walk(properties[BEAN], path);
        return super.createExpression(expression, properties);
    }

    /** One evaluation: Camel creates a new expression per body. */
    private final class Walk implements Expression {
        private final Object root;
        private final String path;

        Walk(Object root, String path) {
            this.root = root;
            this.path = path;
        }

        @Override
        public void init(CamelContext context) {
            // Nothing to prepare: the path is evaluated once.
        }

        @Override
        public <T> T evaluate(Exchange exchange, Class<T> type) {
            return exchange.getContext().getTypeConverter().convertTo(type, exchange, value(exchange));
        }

        private @Nullable Object value(Exchange exchange) {
            @Nullable JsonNode at = null;
            String walked = "";
            for (String step : OgnlHelper.splitOgnl(path)) {
                String name = OgnlHelper.removeLeadingOperators(step);
                KeyValueHolder<String, String> index = OgnlHelper.isOgnlIndex(name);
                if (name.contains("(")) return call(at, path.substring(walked.length()), exchange);
                if (index == null) at = member(at, name);
                else {
                    if (index.getKey() != null && !index.getKey().isEmpty()) at = member(at, index.getKey());
                    at = member(
                            at,
                            StringHelper.removeLeadingAndEndingQuotes(
                                    index.getValue().trim()));
                }
                walked += step;
            }
            return at == null ? root : BodyViews.of(at);
        }

        /** The rest of the path is a Java call: Camel evaluates it on the value reached so far. */
        private @Nullable Object call(@Nullable JsonNode at, String rest, Exchange exchange) {
            Object value = at == null ? root : BodyViews.of(at);
            if (value == null) return null;
            String method = OgnlHelper.removeLeadingOperators(rest);
            Expression java = BodyLanguage.super.createExpression(null, new Object[] {null, value, method});
            java.init(exchange.getContext());
            return java.evaluate(exchange, Object.class);
        }

        private JsonNode member(@Nullable JsonNode at, String name) {
            if (at == null) return root instanceof Change change ? of(change, name) : of((Event) root, name);
            if (!at.isArray()) return at.path(name);
            return switch (name) {
                case "size", "length" -> Json.fromJava(at.size());
                case "last" -> at.path(at.size() - 1);
                default -> name.matches("[0-9]{1,9}") ? at.path(Integer.parseInt(name)) : MissingNode.getInstance();
            };
        }

        private JsonNode of(Change change, String name) {
            if (!CHANGE.contains(name))
                throw new IllegalArgumentException("a change has no " + name + ", in ${body." + name + "}: "
                        + Suggestions.remedy(
                                name,
                                CHANGE,
                                "it has "
                                        + String.join(
                                                ", ", CHANGE.stream().sorted().toList())));
            return ChangeJson.tree(change).path(name);
        }

        private JsonNode of(Event event, String name) {
            return switch (name) {
                case "data" -> EventJson.data(event).orElseGet(MissingNode::getInstance);
                case "extensions" -> Json.fromJava(event.extensions());
                case "position" -> Json.fromJava(event.position());
                case "key" -> TextNode.valueOf(event.key());
                default ->
                    event.attribute(name).<JsonNode>map(TextNode::valueOf).orElseGet(MissingNode::getInstance);
            };
        }
    }
}

package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import io.eventful.edge.Queries;
import io.eventful.edge.RequestHead;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts calls to exchanges and messages to responses, by the conventions of Camel's HTTP components. */
final class RestMessages {

    private static final Logger LOG = LoggerFactory.getLogger(RestMessages.class);

    /** Hop-by-hop and framing fields (RFC 9110 §7.6.1), which the edge sets itself. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "date",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private RestMessages() {}

    /** Sets header fields, query parameters and path variables as message headers; for the same name, the last one wins. */
    static void fill(Message message, RequestHead head, RestPath path, byte[] body) {
        for (Fields.Field field : head.fields().entries())
            if (passes(field.name()))
                message.setHeader(field.name(), both(message.getHeader(field.name()), field.value()));
        Map<String, Object> parameters = new TreeMap<>();
        for (Map.Entry<String, String> parameter : Queries.parameters(head.query())) {
            String name = parameter.getKey();
            if (!name.isEmpty() && passes(name)) parameters.put(name, both(parameters.get(name), parameter.getValue()));
        }
        parameters.forEach(message::setHeader);
        path.match(head.path()).ifPresent(variables -> variables.forEach(message::setHeader));
        message.setHeader(Exchange.HTTP_METHOD, head.method());
        message.setHeader(Exchange.HTTP_PATH, head.path());
        message.setHeader(Exchange.HTTP_URI, head.path());
        if (!head.query().isEmpty()) message.setHeader(Exchange.HTTP_QUERY, head.query());
        message.setHeader(Exchange.HTTP_SCHEME, head.scheme());
        message.setHeader(Exchange.HTTP_HOST, head.authority());
        if (body.length > 0) message.setBody(body);
    }

    /** Whether a header may be exchanged with clients: not Camel's own headers, and not framing fields. */
    private static boolean passes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith("camel") && !lower.startsWith("org.apache.camel") && !FRAMING.contains(lower);
    }

    private static Object both(@Nullable Object present, String value) {
        if (present == null) return value;
        List<Object> all = present instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>(List.of(present));
        all.add(value);
        return all;
    }

    /**
     * The response for the message of an exchange.
     *
     * @param request the headers of the request, which are not copied to the response
     * @param produces media type that the endpoint declares; empty if none
     */
    static Answer answer(Exchange exchange, Map<String, Object> request, String produces) {
        Exception failure = exchange.getException();
        if (failure != null) {
            LOG.error("rest.failed route={} reason=\"{}\"", exchange.getFromRouteId(), Messages.of(failure));
            return Problems.problem(
                    500,
                    "Internal Server Error",
                    "The route of this endpoint failed. The log of the gateway contains the cause (rest.failed).");
        }
        Message message = exchange.getMessage();
        byte[] body = body(message);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, body.length == 0 ? 204 : 200, Integer.class);
        List<Fields.Field> fields = new ArrayList<>();
        if (body.length > 0) fields.add(new Fields.Field("Content-Type", type(message, request, produces)));
        message.getHeaders().forEach((name, value) -> {
            if (value == null || value.equals(request.get(name)) || !passes(name)) return;
            if (name.equalsIgnoreCase(Exchange.CONTENT_TYPE)) return;
            for (Object each : value instanceof Collection<?> many ? many : List.of(value)) {
                String text = exchange.getContext().getTypeConverter().convertTo(String.class, each);
                if (text != null && isFieldValue(text)) fields.add(new Fields.Field(name, text));
            }
        });
        return new Answer(status, new Fields(fields), body);
    }

    private static String type(Message message, Map<String, Object> request, String produces) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (type != null && !type.equals(request.get(Exchange.CONTENT_TYPE))) return type;
        if (!produces.isEmpty() && !produces.contains(",") && !produces.contains("*")) return produces;
        if (isStructure(message.getBody())) return "application/json";
        if (type != null) return type;
        return message.getBody() instanceof String ? "text/plain;charset=utf-8" : "application/octet-stream";
    }

    private static boolean isFieldValue(String text) {
        return text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    private static boolean isStructure(Object body) {
        return body instanceof Map || body instanceof Collection || body instanceof JsonNode;
    }

    private static byte[] body(Message message) {
        Object body = message.getBody();
        if (body == null) return new byte[0];
        if (isStructure(body)) return Json.bytes(Json.fromJava(body));
        try {
            byte @Nullable [] bytes = message.getBody(byte[].class);
            if (bytes != null) return bytes;
        } catch (TypeConversionException e) {
            LOG.debug("rest.converted type={}", body.getClass().getName());
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}

package io.eventful.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that subscribe: which events are wanted. */
final class EventOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = {"--type", "--types"},
            split = ",",
            description = "only events of this type; repeatable")
    private List<String> types = List.of();

    @Option(names = "--source", description = "only events of this source")
    private @Nullable String source;

    @Option(
            names = "--filter",
            description = {
                "a filter; repeatable, and all must match:",
                "  exact:NAME=TEXT  prefix:NAME=TEXT  suffix:NAME=TEXT",
                "  sql:EXPRESSION (CESQL)  data:PATTERN  or a filter as JSON"
            })
    private List<String> filters = List.of();

    @Option(names = "--channel", description = "only this channel")
    private @Nullable String channel;

    @Option(names = "--pattern", description = "only events of this pattern: notification, state or change")
    private @Nullable String pattern;

    /** Adds what is wanted to the request for a subscription. */
    void addTo(ObjectNode request) {
        if (!types.isEmpty()) types.forEach(request.withArray("/types")::add);
        if (source != null) request.put("source", source);
        for (String filter : filters) request.withArray("/filters").add(filter(filter));
        if (channel != null) request.withObject("/config").put("channel", channel);
        if (pattern != null) request.withObject("/config").put("pattern", pattern);
    }

    private static JsonNode filter(String text) {
        int colon = text.indexOf(':');
        if (text.strip().startsWith("{")) return json(text);
        if (colon < 0) throw unreadable(text);
        String dialect = text.substring(0, colon);
        String rest = text.substring(colon + 1);
        ObjectNode filter = JSON.createObjectNode();
        switch (dialect) {
            case "sql" -> filter.put("sql", rest);
            case "data" -> filter.set("data", json(rest));
            default -> {
                int equals = rest.indexOf('=');
                if (equals < 1) throw unreadable(text);
                filter.putObject(dialect).put(rest.substring(0, equals), rest.substring(equals + 1));
            }
        }
        return filter;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(text);
        }
    }

    private static ArgumentException unreadable(String filter) {
        return new ArgumentException("--filter " + filter
                + " is not a filter; use a format such as prefix:type=customer. or sql:EXPRESSION, or JSON");
    }
}

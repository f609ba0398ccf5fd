package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.config.VisibleText;
import io.eventful.event.Json;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON as YAML that people like to read: short values in flow style on one line, the rest in blocks. Control characters are
 * escaped, because YAML has none.
 */
final class YamlText {

    private static final int LINE = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off");

    private YamlText() {}

    static void write(JsonNode json, StringBuilder text) {
        block(json, "", text);
    }

    private static void block(JsonNode json, String indent, StringBuilder text) {
        if (json.isObject()) {
            for (Map.Entry<String, JsonNode> each : json.properties()) {
                text.append(indent).append(scalar(each.getKey())).append(':');
                value(each.getValue(), indent, text);
            }
        } else {
            for (JsonNode each : json) {
                String flow = flow(each);
                if (each.isObject() && indent.length() + flow.length() > LINE) {
                    StringBuilder inner = new StringBuilder();
                    block(each, indent + "  ", inner);
                    text.append(indent).append("- ").append(inner.substring(indent.length() + 2));
                } else text.append(indent).append("- ").append(flow).append('\n');
            }
        }
    }

    private static void value(JsonNode value, String indent, StringBuilder text) {
        String flow = flow(value);
        boolean tests = value.isArray() && value.size() > 0 && value.get(0).has("name");
        if (value.isContainerNode() && !value.isEmpty() && (tests || indent.length() + flow.length() > LINE)) {
            text.append('\n');
            block(value, indent + "  ", text);
        } else text.append(' ').append(flow).append('\n');
    }

    private static String flow(JsonNode json) {
        StringBuilder text = new StringBuilder();
        if (json.isObject()) {
            json.properties()
                    .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                            .append(scalar(each.getKey()))
                            .append(": ")
                            .append(flow(each.getValue())));
            return "{" + text + "}";
        }
        if (json.isArray()) {
            json.forEach(each -> text.append(text.isEmpty() ? "" : ", ").append(flow(each)));
            return "[" + text + "]";
        }
        return json.isTextual() ? scalar(json.textValue()) : Json.text(json);
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()
                ? text
                : VisibleText.json(Json.text(TextNode.valueOf(text)));
    }
}

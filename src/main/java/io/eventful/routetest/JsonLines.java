package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.config.VisibleText;
import io.eventful.event.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON in lines, one for each scalar and bracket, so that two documents can be compared line by line. */
final class JsonLines {

    private final List<String> lines = new ArrayList<>();

    private JsonLines() {}

    static List<String> of(JsonNode json) {
        JsonLines writer = new JsonLines();
        writer.write("", "", json, "");
        return writer.lines.stream().map(VisibleText::json).toList();
    }

    private void write(String indent, String name, JsonNode json, String end) {
        if (json.isContainerNode() && !json.isEmpty()) {
            lines.add(indent + name + (json.isObject() ? "{" : "["));
            if (json.isObject()) {
                Iterator<Map.Entry<String, JsonNode>> members =
                        json.properties().iterator();
                while (members.hasNext()) {
                    Map.Entry<String, JsonNode> each = members.next();
                    write(indent + "  ", each.getKey() + ": ", each.getValue(), members.hasNext() ? "," : "");
                }
            } else {
                Iterator<JsonNode> elements = json.iterator();
                while (elements.hasNext()) write(indent + "  ", "", elements.next(), elements.hasNext() ? "," : "");
            }
            lines.add(indent + (json.isObject() ? "}" : "]") + end);
        } else lines.add(indent + name + Json.text(json) + end);
    }
}

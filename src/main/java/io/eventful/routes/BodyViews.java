package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists for expression languages; their {@code toString} is JSON again. */
final class BodyViews {

    private BodyViews() {}

    static final class ObjectView extends LinkedHashMap<String, @Nullable Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return Json.text(Json.fromJava(this));
        }
    }

    static final class ListView extends ArrayList<@Nullable Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return Json.text(Json.fromJava(this));
        }
    }

    /** Map, List, String, Boolean, Integer, Long, BigDecimal or null. */
    static @Nullable Object of(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                ObjectView view = new ObjectView();
                for (Map.Entry<String, JsonNode> member : json.properties())
                    view.put(member.getKey(), of(member.getValue()));
                yield view;
            }
            case ARRAY -> {
                ListView view = new ListView();
                for (JsonNode element : json) view.add(of(element));
                yield view;
            }
            default -> Json.toJava(json);
        };
    }
}

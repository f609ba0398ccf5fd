package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The data of a recorded event without what a run of the test cannot bring about again. */
final class RecordedData {

    /** Where renderings put their own members. */
    private static final List<String> PLACES = List.of("", "/detail", "/message/data");

    /** A link's host is that gateway's, and digests are of what is not redacted. */
    private static final List<String> OWN = List.of("link", "digest", "beforeDigest", "afterDigest");

    private RecordedData() {}

    /**
     * The data.
     *
     * @param event as the tail shows it
     * @param begin when the test begins: of that time its events tell, too
     */
    static JsonNode of(JsonNode event, String begin) {
        JsonNode data = event.path("data").deepCopy();
        for (String place : PLACES) if (data.at(place) instanceof ObjectNode object) object.remove(OWN);
        // EventBridge's id is made of the position.
        if (data instanceof ObjectNode object && object.has("detail-type")) object.remove("id");
        String time = event.path("time").asText();
        if (!time.isEmpty() && !time.equals(begin)) {
            String seconds = time.replaceFirst("(\\.[0-9]+)?Z$", "");
            remove(data, text -> text.contains(seconds));
        }
        if (event.path("pattern").asText().equals("notification")) remove(data, text -> tellsPosition(text, event));
        return data;
    }

    /** Whether a template has filled in the position, which is another one in the test. */
    private static boolean tellsPosition(String text, JsonNode event) {
        String id = event.path("subject").asText().replaceFirst(".*/", "");
        String rest = text.replace(event.path("time").asText(), "").replaceFirst(Pattern.quote(id), "");
        return Pattern.compile("(?<![0-9])" + event.path("position").asText() + "(?![0-9])")
                .matcher(rest)
                .find();
    }

    private static void remove(JsonNode json, Predicate<String> told) {
        if (json instanceof ObjectNode object)
            object.properties()
                    .removeIf(each -> each.getValue().isTextual()
                            && told.test(each.getValue().textValue()));
        json.forEach(each -> remove(each, told));
    }
}

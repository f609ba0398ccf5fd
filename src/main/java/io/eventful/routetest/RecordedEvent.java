package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A recorded event without what a run of the test cannot bring about again. */
final class RecordedEvent {

    private static final List<String> ATTRIBUTES =
            List.of("channel", "type", "subject", "pattern", "revision", "outcome");

    private static final String COMMANDS = "eventful.commands";

    /** Where renderings put their own members. */
    private static final List<String> PLACES = List.of("", "/detail", "/message/data");

    /** A link's host is that gateway's, and digests are of what is not redacted. */
    private static final List<String> OWN = List.of("link", "digest", "beforeDigest", "afterDigest");

    private RecordedEvent() {}

    /**
     * The event that the test expects.
     *
     * @param event as the tail shows it
     * @param begin when the test begins: of that time its events tell, too
     */
    static ObjectNode of(JsonNode event, String begin) {
        ObjectNode expected = JsonNodeFactory.instance.objectNode();
        if (isOfCommand(event)) return ofCommand(event, expected);
        for (String attribute : ATTRIBUTES) if (event.has(attribute)) expected.set(attribute, event.get(attribute));
        JsonNode data = data(event, begin);
        if (!data.isMissingNode()) expected.set("data", data);
        return expected;
    }

    private static boolean isOfCommand(JsonNode event) {
        return event.path("channel").asText().equals(COMMANDS);
    }

    /** Whether it tells the end of a command of this method and path. */
    static boolean isOfCommand(JsonNode event, String method, String path) {
        return isOfCommand(event)
                && event.at("/data/method").asText().equals(method)
                && event.at("/data/path").asText().equals(path);
    }

    /** Its id, times and the headers of its response differ in each run. */
    private static ObjectNode ofCommand(JsonNode event, ObjectNode expected) {
        for (String attribute : List.of("channel", "type")) expected.set(attribute, event.get(attribute));
        ObjectNode data = expected.putObject("data");
        for (String member : List.of("status", "reason", "method", "path"))
            if (event.path("data").has(member))
                data.set(member, event.path("data").get(member));
        JsonNode status = event.at("/data/response/status");
        if (!status.isMissingNode()) data.putObject("response").set("status", status);
        return expected;
    }

    private static JsonNode data(JsonNode event, String begin) {
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

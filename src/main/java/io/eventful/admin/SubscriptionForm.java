package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The console's form for a new subscription, as filled in; an empty field means the default.
 *
 * @param types event types, separated by spaces or commas
 * @param subject prefix of the subjects
 * @param labels {@code name=value} pairs, separated by spaces or commas
 */
record SubscriptionForm(
        String sink,
        String name,
        String channel,
        String types,
        String subject,
        String pattern,
        String contentmode,
        String ordering,
        String ratelimit,
        String start,
        String labels) {

    SubscriptionForm {
        sink = text(sink);
        name = text(name);
        channel = text(channel);
        types = text(types);
        subject = text(subject);
        pattern = text(pattern);
        contentmode = text(contentmode);
        ordering = text(ordering);
        ratelimit = text(ratelimit);
        start = text(start);
        labels = text(labels);
    }

    static SubscriptionForm empty() {
        return new SubscriptionForm("", "", "", "", "", "", "", "", "", "", "");
    }

    /** A field that the browser does not send is null. */
    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /**
     * The request document of the subscriptions API.
     *
     * @throws ApiProblem when a field cannot be read
     */
    JsonNode document() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sink", sink).put("protocol", "HTTP");
        if (!types.isEmpty())
            for (String type : parts(types)) json.withArray("/types").add(type);
        if (!subject.isEmpty())
            json.putArray("filters").addObject().putObject("prefix").put("subject", subject);
        ObjectNode config = json.putObject("config");
        put(config, "name", name);
        put(config, "channel", channel);
        put(config, "pattern", pattern);
        put(config, "contentmode", contentmode);
        put(config, "ordering", ordering);
        put(config, "start", start);
        if (ratelimit.matches("\\d{1,9}")) config.put("ratelimit", Integer.parseInt(ratelimit));
        else put(config, "ratelimit", ratelimit);
        if (!labels.isEmpty())
            for (String label : parts(labels)) {
                int equals = label.indexOf('=');
                if (equals < 0)
                    throw new ApiProblem(
                            422,
                            "Invalid subscription",
                            "The label " + label + " has no value. Write labels as name=value, without blanks.");
                config.withObject("/labels").put(label.substring(0, equals), label.substring(equals + 1));
            }
        return json;
    }

    private static String[] parts(String text) {
        return text.split("[\\s,]+");
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) json.put(name, value);
    }
}

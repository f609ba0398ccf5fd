package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.RequestProblem;
import java.util.List;
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

    private static final String LABELS = "/config/labels";

    static final List<FormProblems.Field> FIELDS = List.of(
            new FormProblems.Field("sink", "Sink", "/sink"),
            new FormProblems.Field("types", "Event types", "/types"),
            new FormProblems.Field("subject", "Subject prefix", "/filters"),
            new FormProblems.Field("channel", "Channel", "/config/channel"),
            new FormProblems.Field("pattern", "Pattern", "/config/pattern"),
            new FormProblems.Field("start", "Start", "/config/start"),
            new FormProblems.Field("contentmode", "Content mode", "/config/contentmode"),
            new FormProblems.Field("ordering", "Ordering", "/config/ordering"),
            new FormProblems.Field("ratelimit", "Maximum deliveries per second", "/config/ratelimit"),
            new FormProblems.Field("name", "Name", "/config/name"),
            new FormProblems.Field("labels", "Labels", LABELS));

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

    /** The request document of the subscriptions API; what cannot be read is passed on, so that the API tells it with the rest. */
    JsonNode document() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("protocol", "HTTP");
        put(json, "sink", sink);
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
                ObjectNode all = config.withObject("/labels");
                if (equals < 0) all.putNull(label);
                else all.put(label.substring(0, equals), label.substring(equals + 1));
            }
        return json;
    }

    /** A problem of the document in the words of the form. */
    String told(RequestProblem problem) {
        if (problem.pointer().startsWith("/types")) return problem.detail() + ". Write each type in full.";
        if (!problem.pointer().startsWith(LABELS + "/")) return FormProblems.told(problem);
        String label = problem.pointer()
                .substring(LABELS.length() + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        boolean bare =
                List.of(parts(labels)).contains(label) || List.of(parts(labels)).contains(label + "=");
        return "The label " + label + (bare ? " has no value" : ": " + problem.detail())
                + ". Write labels as name=value, without blanks.";
    }

    private static String[] parts(String text) {
        return text.split("[\\s,]+");
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) json.put(name, value);
    }
}

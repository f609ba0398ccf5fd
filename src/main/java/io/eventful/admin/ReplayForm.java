package io.eventful.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The console's form for a new replay, as filled in; an empty field means the default.
 *
 * @param types event types, separated by spaces or commas
 * @param rate events per second
 */
record ReplayForm(String subscription, String from, String to, String types, String subject, String rate) {

    ReplayForm {
        subscription = text(subscription);
        from = text(from);
        to = text(to);
        types = text(types);
        subject = text(subject);
        rate = text(rate);
    }

    /** A field that the browser does not send is null. */
    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /**
     * The request document of the replays API.
     *
     * @throws ApiProblem when a field cannot be read
     */
    ObjectNode document() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("subscription", subscription);
        put(json, "from", from);
        put(json, "to", to);
        if (!types.isEmpty())
            for (String type : types.split("[\\s,]+")) json.withArray("/types").add(type);
        put(json, "subject", subject);
        if (rate.isEmpty()) return json;
        if (!rate.matches("\\d{1,9}"))
            throw new ApiProblem(422, "Invalid replay", "The rate must be a whole number: the events per second.");
        return json.put("rate", Integer.parseInt(rate));
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) json.put(name, value);
    }
}

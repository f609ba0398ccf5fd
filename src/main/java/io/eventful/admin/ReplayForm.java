package io.eventful.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.RequestProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The console's form for a new replay, as filled in; an empty field means the default.
 *
 * @param types event types, separated by spaces or commas
 * @param rate events per second
 */
record ReplayForm(String subscription, String from, String to, String types, String subject, String rate) {

    static final List<FormProblems.Field> FIELDS = List.of(
            new FormProblems.Field("subscription", "Subscription", "/subscription"),
            new FormProblems.Field("from", "From", "/from"),
            new FormProblems.Field("to", "To", "/to"),
            new FormProblems.Field("types", "Types", "/types"),
            new FormProblems.Field("subject", "Subject", "/subject"),
            new FormProblems.Field("rate", "Maximum per second", "/rate"));

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
     * The request document of the replays API; what cannot be read is passed on, so that the API tells it with the rest.
     *
     * @param id of the subscription
     */
    ObjectNode document(String id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "subscription", id);
        put(json, "from", from);
        put(json, "to", to);
        if (!types.isEmpty())
            for (String type : types.split("[\\s,]+")) json.withArray("/types").add(type);
        put(json, "subject", subject);
        if (rate.matches("\\d{1,9}")) json.put("rate", Integer.parseInt(rate));
        else put(json, "rate", rate);
        return json;
    }

    /** A problem of the document in the words of the form. */
    String told(RequestProblem problem) {
        if (!problem.pointer().equals("/subscription")) return FormProblems.told(problem);
        return subscription.isEmpty() ? "Choose a subscription." : KnownSubscriptions.unknown(subscription);
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) json.put(name, value);
    }
}

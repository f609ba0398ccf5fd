package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Json;
import io.eventful.event.JsonPointers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An item that a recorded call was about: what the ledger had of it, and what it was when the gateway looked.
 *
 * @param change of the item, as the admin API shows it
 * @param was which image of the change is the item before the call
 * @param revision that it had before the call; 0 if the ledger did not have it
 */
record RecordedItem(JsonNode change, String was, long revision) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String UPSTREAMS = "/upstreams/";
    private static final String REDACTED = "redacted";
    private static final String FAILED = "fetch-failed:";
    /** Reasons of states that a GET did not show, so that it must not show them in the test. */
    private static final Set<String> UNSEEN = Set.of("request-derived", "partial-reply");

    /** The item of a change that the call has made. */
    static RecordedItem changed(JsonNode change) {
        return new RecordedItem(change, "before", change.path("revision").asLong() - 1);
    }

    /** The item that the call has left as its latest change had left it. */
    static RecordedItem unchanged(JsonNode latest) {
        return new RecordedItem(latest, "after", latest.path("revision").asLong());
    }

    String upstream() {
        String source = change.path("source").asText();
        return source.startsWith(UPSTREAMS) ? source.substring(UPSTREAMS.length()) : "default";
    }

    CaptureRoutes.Route route(CaptureRoutes routes) {
        return routes.of(change.path("subject").asText());
    }

    /** The item for {@code given.ledger}; empty if the ledger did not have it. */
    Optional<ObjectNode> ledger(String method) {
        if (revision == 0) return Optional.empty();
        ObjectNode item = JSON.objectNode();
        item.set("subject", change.get("subject"));
        if (!upstream().equals("default")) item.put("upstream", upstream());
        if (change.has("scope")) item.set("scope", change.get("scope"));
        item.set(
                "state",
                switch (status(was)) {
                    case "known" -> change.get(was);
                    case "absent" -> JSON.nullNode();
                    // Nobody looked at it, so that its revision is all that counts.
                    default -> JSON.objectNode();
                });
        item.set("revision", Json.parse(Long.toString(revision)));
        String reason = change.path("reason").asText("");
        // Of a derived state it is the reason only where the item after the call cannot have been derived.
        boolean ofBefore = was.equals("after") || method.equals("DELETE");
        if (isRedacted(was)) item.put("reason", REDACTED);
        else if (ofBefore && UNSEEN.contains(reason)) item.put("reason", reason);
        return Optional.of(item);
    }

    /** The stub for the gateway's own GETs: the item before the call, if the gateway looks for it, and then after it. */
    Optional<ObjectNode> gets(String method, String path, CaptureRoutes.Route route) {
        String subject = change.path("subject").asText();
        String called = path.replaceFirst("\\?.*", "");
        boolean itself = route.template()
                .item(called)
                .filter(match -> match.subject().equals(subject))
                .isPresent();
        boolean action = route.template().action(called, route.list("actions")).isPresent();
        ArrayNode replies = JSON.arrayNode();
        if ((itself || action) && looks(method, route)) reply(was, route).ifPresent(replies::add);
        reply("after", route).ifPresent(replies::add);
        // What no stub fits gets 404 anyway.
        if (replies.valueStream().allMatch(JsonNode::isNumber)
                && replies.valueStream().allMatch(each -> each.asInt() == 404)) return Optional.empty();
        ObjectNode stub = JSON.objectNode();
        if (!upstream().equals("default")) stub.put("upstream", upstream());
        stub.putObject("when").put("method", "GET").put("path", itself ? called : subject);
        stub.set("reply", replies);
        return Optional.of(stub);
    }

    /** Whether the gateway looks at the item before the call when the ledger has what {@link #ledger} says. */
    private boolean looks(String method, CaptureRoutes.Route route) {
        if (route.has("before", "none") || route.has("order", "observed")) return false;
        if (revision == 0) return true;
        boolean gone = status(was).equals("absent") && !method.equals("PUT");
        return gone || route.has("before", "fetch");
    }

    private Optional<JsonNode> reply(String image, CaptureRoutes.Route route) {
        String reason = change.at("/images/" + image + "/reason").asText();
        if (status(image).equals("absent")) return Optional.of(IntNode.valueOf(404));
        if (status(image).equals("unknown"))
            return reason.matches(FAILED + "[0-9]{3}")
                    ? Optional.of(IntNode.valueOf(Integer.parseInt(reason.substring(FAILED.length()))))
                    : Optional.empty();
        if (!status(image).equals("known")) return Optional.empty();
        if (image.equals("after") && UNSEEN.contains(change.path("reason").asText()))
            return Optional.of(IntNode.valueOf(404));
        ObjectNode reply = JSON.objectNode().put("status", 200);
        reply.set("json", unredacted(image, route));
        return Optional.of(reply);
    }

    private boolean isRedacted(String image) {
        return change.at("/images/" + image + "/redacted").asBoolean();
    }

    private String status(String image) {
        return change.at("/images/" + image + "/status").asText();
    }

    /** With members for the route to take out, as there were. */
    private JsonNode unredacted(String image, CaptureRoutes.Route route) {
        JsonNode item = change.path(image).deepCopy();
        if (!isRedacted(image)) return item;
        for (String pointer : route.list("redact")) {
            if (!pointer.startsWith("/")) continue;
            List<String> tokens = JsonPointers.tokens(pointer);
            @Nullable JsonNode parent = item;
            for (String token : tokens.subList(0, tokens.size() - 1))
                parent = parent == null ? null : parent.get(token);
            if (parent instanceof ObjectNode object && !object.has(tokens.getLast()))
                object.put(tokens.getLast(), Redaction.INSTEAD);
        }
        return item;
    }
}

package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.config.VisibleText;
import java.util.List;
import java.util.StringJoiner;

/** Formats subscriptions as text. */
final class SubscriptionFormatter {

    private static final List<String> SHOWN_ELSEWHERE =
            List.of("id", "status", "reason", "config", "protocol", "warnings");

    private SubscriptionFormatter() {}

    static String list(List<JsonNode> items) {
        if (items.isEmpty()) return "no subscriptions; create one: eventful subscription create --sink URL";
        Table table = new Table().row("ID", "NAME", "STATUS", "CHANNEL", "TYPES", "LAG", "SINK");
        for (JsonNode item : items)
            table.row(
                    item.path("id").asText(),
                    item.at("/config/name").asText("-"),
                    status(item),
                    item.at("/config/channel").asText("(all)"),
                    types(item),
                    item.path("lag").asText(),
                    item.path("sink").asText());
        return table.toString();
    }

    static String one(JsonNode item) {
        Table table = new Table().row("id", item.path("id").asText()).row("status", status(item));
        item.properties().forEach(member -> {
            if (!SHOWN_ELSEWHERE.contains(member.getKey())) table.row(member.getKey(), text(member.getValue()));
        });
        item.path("config").properties().forEach(member -> {
            if (!member.getKey().equals("secret")) table.row(member.getKey(), text(member.getValue()));
        });
        JsonNode secret = item.at("/config/secret");
        if (secret.isTextual()) table.row("secret", secret.textValue() + "  (shown only once: store it now)");
        return table.toString();
    }

    static String test(JsonNode result) {
        String answer = result.path("status").asInt() == 0
                ? "no response"
                : "status " + result.path("status").asText();
        String what = result.path("delivered").asBoolean() ? "delivered" : "not delivered";
        String reason = result.path("reason").asText();
        return VisibleText.line(what + ": " + answer + (reason.isEmpty() ? "" : ", " + reason) + ", "
                + result.path("millis").asText() + " ms, event "
                + result.path("event").asText());
    }

    static String imported(JsonNode result) {
        if (result.path("items").isEmpty()) return "the file contains no subscriptions";
        Table table = new Table().row("NAME", "RESULT", "ID", "SECRET (shown only once)");
        for (JsonNode item : result.path("items"))
            table.row(
                    item.path("name").asText(),
                    item.path("result").asText(),
                    item.path("id").asText(),
                    item.path("secret").asText(""));
        return table.toString();
    }

    private static String status(JsonNode item) {
        String reason = item.path("reason").asText();
        return item.path("status").asText() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static String types(JsonNode item) {
        if (item.path("types").isEmpty()) return "(all)";
        StringJoiner types = new StringJoiner(",");
        item.path("types").forEach(type -> types.add(type.asText()));
        return types.toString();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

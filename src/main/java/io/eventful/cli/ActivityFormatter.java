package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Formats changes and deliveries as text. */
final class ActivityFormatter {

    private static final Set<String> DIGESTS = Set.of("beforeDigest", "afterDigest", "images");

    private ActivityFormatter() {}

    static String changes(List<JsonNode> items) {
        if (items.isEmpty()) return "no changes";
        Table table = new Table().row("POSITION", "TIME", "TYPE", "SUBJECT", "REVISION", "CALL", "OUTCOME");
        for (JsonNode item : items)
            table.row(
                    text(item, "position"),
                    text(item, "time"),
                    text(item, "type"),
                    text(item, "subject") + (item.has("scope") ? " (" + text(item, "scope") + ")" : ""),
                    text(item, "revision"),
                    call(item),
                    text(item, "outcome") + (item.has("reason") ? ": " + text(item, "reason") : ""));
        return table.toString();
    }

    private static String call(JsonNode item) {
        String method = item.at("/request/method").asText("");
        String status = item.at("/response/status").asText("");
        return method.isEmpty() ? "-" : method + (status.isEmpty() || status.equals("null") ? "" : " " + status);
    }

    static String change(JsonNode change) {
        Table table = new Table();
        change.properties().forEach(member -> {
            boolean told =
                    !DIGESTS.contains(member.getKey()) && !member.getValue().isNull();
            if (told) table.row(member.getKey(), text(member.getValue()));
        });
        return table.toString();
    }

    static String deliveries(List<JsonNode> items) {
        if (items.isEmpty()) return "no deliveries";
        Table table = new Table()
                .row(
                        "ID",
                        "STATE",
                        "ATTEMPTS",
                        "REASON",
                        "CHANNEL",
                        "TYPE",
                        "SUBJECT",
                        "POSITION",
                        "SUBSCRIPTION",
                        "UPDATED");
        for (JsonNode item : items)
            table.row(
                    text(item, "id"),
                    text(item, "state"),
                    text(item, "attempts"),
                    text(item, "reason"),
                    text(item, "channel"),
                    text(item, "type"),
                    text(item, "subject"),
                    text(item, "position"),
                    text(item, "subscription"),
                    text(item, "updatedAt"));
        return table.toString();
    }

    static String delivery(JsonNode delivery) {
        Table table = new Table();
        delivery.properties().forEach(member -> {
            if (!member.getKey().equals("attempts") && !member.getValue().isNull())
                table.row(member.getKey(), text(member.getValue()));
        });
        if (delivery.path("attempts").isEmpty()) return table.toString();
        Table attempts = new Table().row("ATTEMPT", "TIME", "MILLIS", "STATUS", "REASON");
        for (JsonNode attempt : delivery.path("attempts"))
            attempts.row(
                    text(attempt, "number"),
                    text(attempt, "time"),
                    text(attempt, "duration"),
                    text(attempt, "status"),
                    text(attempt, "reason"));
        return table + System.lineSeparator() + System.lineSeparator() + attempts;
    }

    /** Says on standard error, beside a list, that it goes on. */
    static void more(CommandSpec spec, String next) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("there are more: add --after " + next);
        err.flush();
    }

    private static String text(JsonNode item, String member) {
        String text = text(item.path(member));
        return text.isEmpty() ? "-" : text;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.isNull() ? "" : value.asText("");
    }
}

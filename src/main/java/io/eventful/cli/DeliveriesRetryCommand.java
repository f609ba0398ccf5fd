package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful deliveries retry}: tries deliveries again, by their ids or by a selection. */
@Command(
        name = "retry",
        description =
                "Tries deliveries again, each with its whole schedule: those with the given ids, or all that match"
                        + " a selection.",
        mixinStandardHelpOptions = true)
final class DeliveriesRetryCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "deliveries; without any, a selection is needed")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "every dead letter, or with --state failed every failed delivery")
    private boolean all;

    @Option(names = "--state", description = "dead (default) or failed")
    private @Nullable String state;

    @Option(names = "--subscription", paramLabel = "ID", description = "those to a subscription")
    private @Nullable String subscription;

    @Option(names = "--channel", description = "those of events of a channel")
    private @Nullable String channel;

    @Option(names = "--type", description = "those of events of a type; repeatable")
    private List<String> types = List.of();

    @Option(names = "--subject", paramLabel = "PATH", description = "those of events of an item")
    private @Nullable String subject;

    @Option(names = "--reason", description = "those that ended for a reason, such as status-400")
    private @Nullable String reason;

    @Option(names = "--from", paramLabel = "TIME", description = "those created at that time or later (RFC 3339)")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "those created at that time or before (RFC 3339)")
    private @Nullable String to;

    @Override
    public Integer call() {
        if (state != null && !state.equals("dead") && !state.equals("failed"))
            throw new ParameterException(spec.commandLine(), "--state must be dead or failed.");
        ObjectNode selection = selection();
        if (!ids.isEmpty() && (all || !selection.isEmpty()))
            throw new ParameterException(spec.commandLine(), "Ids and a selection cannot be given together.");
        if (ids.isEmpty() && !all && (selection.isEmpty() || selection.size() == 1 && state != null))
            throw new ParameterException(
                    spec.commandLine(),
                    "Give ids, or a selection such as --subscription ID or --reason status-400, or --all.");
        AdminApi api = new AdminApi(admin);
        if (!ids.isEmpty()) return each(api);
        JsonNode reply = api.post(DeliveriesCommand.PATH + "/retry", selection.toString());
        print(output.choose(reply, "queued " + reply.path("queued").asText()));
        return 0;
    }

    private ObjectNode selection() {
        ObjectNode selection = JsonNodeFactory.instance.objectNode();
        put(selection, "state", state);
        put(selection, "subscription", subscription);
        put(selection, "channel", channel);
        put(selection, "subject", subject);
        put(selection, "reason", reason);
        put(selection, "from", from);
        put(selection, "to", to);
        if (!types.isEmpty()) types.forEach(selection.putArray("types")::add);
        return selection;
    }

    private static void put(ObjectNode selection, String name, @Nullable String value) {
        if (value != null) selection.put(name, value);
    }

    private int each(AdminApi api) {
        return EachId.run(spec, ids, id -> {
            JsonNode reply = api.post(DeliveriesCommand.PATH + "/" + AdminApi.segment(id) + "/retry", "");
            print(output.choose(reply, "queued " + id));
        });
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}

package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful view …}: the read models of a running gateway. */
@Command(
        name = "view",
        description = "Lists and rebuilds the read models of a running gateway.",
        mixinStandardHelpOptions = true)
final class ViewCommand implements Callable<Integer> {

    private static final String PATH = "/api/views";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "A command is missing: list, rebuild.");
    }

    @Command(name = "list", description = "Lists all read models.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions admin, @Mixin OutputOptions output) {
        JsonNode reply = new AdminApi(admin).get(PATH);
        print(output.choose(reply, text(reply.path("items"))));
        return 0;
    }

    private static String text(JsonNode items) {
        if (items.isEmpty()) return "No route projects into a view.";
        Table table = new Table().row("NAME", "STATE", "ROWS", "POSITION", "HEAD", "LAG");
        for (JsonNode item : items)
            table.row(
                    item.path("name").asText(),
                    item.path("state").asText(),
                    item.path("rows").asText(),
                    item.path("position").asText(),
                    item.path("head").asText(),
                    item.path("lagSeconds").asText() + " s");
        return table.toString();
    }

    @Command(
            name = "rebuild",
            description = "Rebuilds a read model from the ledger; the new copy then replaces the live one.",
            mixinStandardHelpOptions = true)
    int rebuild(@Mixin AdminOptions admin, @Parameters(paramLabel = "NAME") String name) {
        new AdminApi(admin).post(PATH + "/" + AdminApi.segment(name) + "/rebuild", "");
        print("rebuilding " + name + "; ./eventful view list shows when it is done");
        return 0;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}

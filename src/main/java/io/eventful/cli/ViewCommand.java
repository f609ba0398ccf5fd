package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
    int list(@Mixin AdminOptions admin) {
        List<JsonNode> items = new ArrayList<>();
        new AdminApi(admin).get(PATH).path("items").forEach(items::add);
        for (JsonNode item : items)
            print(item.path("name").asText() + "  " + item.path("state").asText() + "  rows "
                    + item.path("rows").asText() + "  position "
                    + item.path("position").asText() + " of "
                    + item.path("head").asText() + "  lag "
                    + item.path("lagSeconds").asText() + " s");
        if (items.isEmpty()) print("No route projects into a view.");
        return 0;
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

package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.config.VisibleText;
import io.eventful.subscription.DeclaredSubscriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful subscription …}: manages subscriptions with the admin API. */
@Command(
        name = "subscription",
        description = "Creates, shows, tests and deletes subscriptions of a running gateway.",
        mixinStandardHelpOptions = true,
        subcommands = SubscriptionCreateCommand.class)
final class SubscriptionCommand implements Runnable {

    private static final String PATH = "/api/subscriptions";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing: create, list, show, delete, test, pause, resume, rotate-secret, export,"
                        + " import.");
    }

    @Command(name = "list", description = "Lists all subscriptions.", mixinStandardHelpOptions = true)
    int list(
            @Mixin AdminOptions admin,
            @Mixin OutputOptions output,
            @Option(
                            names = "--label",
                            paramLabel = "NAME[=VALUE]",
                            description = "only those with this label; repeatable")
                    @Nullable
                    List<String> labels) {
        AdminQuery query = new AdminQuery(PATH);
        for (String label : labels == null ? List.<String>of() : labels) query.with("label", label);
        AdminApi.Items all = new AdminApi.Items(new AdminApi(admin).all(query.toString()), "");
        print(output.choose(all.reply(), SubscriptionFormatter.list(all.items())));
        return 0;
    }

    @Command(name = "show", description = "Shows one subscription.", mixinStandardHelpOptions = true)
    int show(@Mixin AdminOptions admin, @Mixin OutputOptions output, @Parameters(paramLabel = "ID") String id) {
        JsonNode shown = new AdminApi(admin).get(path(id));
        print(output.choose(shown, SubscriptionFormatter.one(shown)));
        return 0;
    }

    @Command(name = "delete", description = "Deletes subscriptions.", mixinStandardHelpOptions = true)
    int delete(@Mixin AdminOptions admin, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        AdminApi api = new AdminApi(admin);
        return EachId.run(spec, ids, id -> {
            api.delete(path(id));
            print("deleted " + id);
        });
    }

    @Command(
            name = "test",
            description = "Sends a signed test event; exit 1 if the sink does not accept it.",
            mixinStandardHelpOptions = true)
    int test(@Mixin AdminOptions admin, @Mixin OutputOptions output, @Parameters(paramLabel = "ID") String id) {
        JsonNode result = new AdminApi(admin).post(path(id) + "/test", "");
        print(output.choose(result, SubscriptionFormatter.test(result)));
        return result.path("delivered").asBoolean() ? 0 : 1;
    }

    @Command(name = "pause", description = "Holds deliveries back.", mixinStandardHelpOptions = true)
    int pause(@Mixin AdminOptions admin, @Mixin OutputOptions output, @Parameters(paramLabel = "ID") String id) {
        return act(admin, output, id, "pause");
    }

    @Command(
            name = "resume",
            description = "Continues to deliver; by default, held deliveries are sent first.",
            mixinStandardHelpOptions = true)
    int resume(
            @Mixin AdminOptions admin,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--held",
                            paramLabel = "WHAT",
                            defaultValue = "release",
                            description = "what to do with held deliveries: release (default), drop or slow")
                    String held,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description = "with --held slow: deliveries per second, default 10")
                    @Nullable
                    Integer rate) {
        return act(admin, output, id, "resume?held=" + AdminApi.segment(held) + (rate == null ? "" : "&rate=" + rate));
    }

    @Command(
            name = "export",
            description = "Writes all subscriptions as YAML, without secrets, to a file or to standard output.",
            mixinStandardHelpOptions = true)
    int export(@Mixin AdminOptions admin, @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file) {
        String yaml = new AdminApi(admin).text(PATH + "/export");
        if (file == null) {
            print(yaml.stripTrailing());
            return 0;
        }
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be written");
        }
        print("written to " + file);
        return 0;
    }

    @Command(
            name = "import",
            description = "Creates and updates the subscriptions of a YAML file by name; new secrets are printed once.",
            mixinStandardHelpOptions = true)
    int load(@Mixin AdminOptions admin, @Mixin OutputOptions output, @Parameters(paramLabel = "FILE") Path file) {
        String yaml = text(file);
        AdminApi api = new AdminApi(
                admin, pointer -> (file + DeclaredSubscriptions.place(yaml, pointer) + ": " + pointer).stripTrailing());
        JsonNode result = api.post(PATH + "/import", yaml);
        print(output.choose(result, SubscriptionFormatter.imported(result)));
        result.path("items")
                .forEach(item -> item.path("warnings")
                        .forEach(each ->
                                spec.commandLine().getErr().println("warning: " + VisibleText.line(each.asText()))));
        return 0;
    }

    @Command(
            name = "rotate-secret",
            description = "Creates a new signing secret and prints it once; webhooks are signed with both for a while.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin AdminOptions admin, @Mixin OutputOptions output, @Parameters(paramLabel = "ID") String id) {
        return act(admin, output, id, "rotate-secret");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read");
        }
    }

    private int act(AdminOptions admin, OutputOptions output, String id, String action) {
        JsonNode shown = new AdminApi(admin).post(path(id) + "/" + action, "");
        print(output.choose(shown, SubscriptionFormatter.one(shown)));
        return 0;
    }

    /** Of a subscription in the admin API. */
    static String path(String id) {
        return PATH + "/" + AdminApi.segment(id);
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}

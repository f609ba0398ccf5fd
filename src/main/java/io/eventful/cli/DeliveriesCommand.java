package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful deliveries}: what a running gateway sends to its subscribers. */
@Command(
        name = "deliveries",
        description = "Lists deliveries of a running gateway, shows one with its attempts, or retries some.",
        mixinStandardHelpOptions = true,
        subcommands = DeliveriesRetryCommand.class)
final class DeliveriesCommand implements Callable<Integer> {

    static final String PATH = "/api/deliveries";
    private static final Set<String> STATES = Set.of("pending", "delivered", "failed", "dead", "held");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--state", description = "only these: pending, delivered, failed, dead or held")
    private @Nullable String state;

    @Option(names = "--subscription", paramLabel = "ID", description = "only those to a subscription")
    private @Nullable String subscription;

    @Option(
            names = "--position",
            paramLabel = "N",
            description = "only those of the change at a position of the ledger")
    private @Nullable Long position;

    @Option(names = "--event", paramLabel = "ID", description = "only those of an event (ce-id)")
    private @Nullable String event;

    @Option(names = "--after", paramLabel = "CURSOR", description = "where a former list ended")
    private @Nullable String after;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many, default 100")
    private int limit = 100;

    @Override
    public Integer call() {
        if (limit < 1) throw new ParameterException(spec.commandLine(), "--limit must be at least 1.");
        if (state != null && !STATES.contains(state))
            throw new ParameterException(
                    spec.commandLine(), "--state must be pending, delivered, failed, dead or held.");
        AdminQuery query = new AdminQuery(PATH)
                .with("state", state)
                .with("subscription", subscription)
                .with("position", position)
                .with("event", event);
        AdminApi api = new AdminApi(admin);
        AdminApi.Items found = api.upTo(query.toString(), limit, after == null ? "" : after);
        // A slip in the id would look like a subscription without deliveries.
        if (found.items().isEmpty() && subscription != null) api.get(SubscriptionCommand.path(subscription));
        print(output.choose(found.reply(), ActivityFormatter.deliveries(found.items())));
        if (!found.next().isEmpty()) ActivityFormatter.more(spec, found.next());
        return 0;
    }

    @Command(name = "show", description = "Shows a delivery with its attempts.", mixinStandardHelpOptions = true)
    int show(@Mixin AdminOptions options, @Mixin OutputOptions form, @Parameters(paramLabel = "ID") String id) {
        JsonNode shown = new AdminApi(options).get(PATH + "/" + AdminApi.segment(id));
        print(form.choose(shown, ActivityFormatter.delivery(shown)));
        return 0;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}

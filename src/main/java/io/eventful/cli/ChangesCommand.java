package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
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

/** {@code ./eventful changes}: what a running gateway has captured. */
@Command(
        name = "changes",
        description = "Lists the newest changes in the ledger of a running gateway, oldest first; or shows one.",
        mixinStandardHelpOptions = true)
final class ChangesCommand implements Callable<Integer> {

    private static final String PATH = "/api/changes";

    /** Positions before the newest one that are looked through first. */
    private static final long WINDOW = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--subject", paramLabel = "PATH", description = "only those of an item, such as /customers/42")
    private @Nullable String subject;

    @Option(names = "--resource", paramLabel = "NAME", description = "only those of a resource, such as customer")
    private @Nullable String resource;

    @Option(names = "--outcome", paramLabel = "unknown", description = "unknown: only those whose outcome nobody knows")
    private @Nullable String outcome;

    @Option(names = "--after", paramLabel = "POSITION", description = "those after a position, instead of the newest")
    private @Nullable Long after;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many, default 20")
    private int limit = 20;

    @Override
    public Integer call() {
        if (limit < 1) throw new ParameterException(spec.commandLine(), "--limit must be at least 1.");
        AdminApi api = new AdminApi(admin);
        AdminApi.Items found = after == null ? newest(api) : api.upTo(query(null), limit, after.toString());
        print(output.choose(found.reply(), ActivityFormatter.changes(found.items())));
        if (!found.next().isEmpty()) ActivityFormatter.more(spec, found.next());
        return 0;
    }

    /** Looks through the end of the ledger, and farther back until there are enough. */
    private AdminApi.Items newest(AdminApi api) {
        long head = api.newestPosition();
        for (long window = Math.max(WINDOW, limit); ; window *= 4) {
            long begin = Math.max(0, head - window);
            List<JsonNode> items = api.all(query(begin));
            if (items.size() >= limit || begin == 0)
                return new AdminApi.Items(items.subList(Math.max(0, items.size() - limit), items.size()), "");
        }
    }

    private String query(@Nullable Long begin) {
        return new AdminQuery(PATH)
                .with("after", begin)
                .with("subject", subject)
                .with("resource", resource)
                .with("outcome", outcome)
                .toString();
    }

    @Command(name = "show", description = "Shows one change.", mixinStandardHelpOptions = true)
    int show(
            @Mixin AdminOptions options,
            @Mixin OutputOptions form,
            @Parameters(paramLabel = "POSITION", description = "its position in the ledger") long position) {
        JsonNode change = new AdminApi(options).get(PATH + "/" + position);
        print(form.choose(change, ActivityFormatter.change(change)));
        return 0;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}

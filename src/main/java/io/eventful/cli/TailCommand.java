package io.eventful.cli;

import io.eventful.config.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./eventful tail}: prints events as they are published, one JSON document per line. */
@Command(
        name = "tail",
        description = "Prints events as they are published, one CloudEvent in JSON format per line.",
        mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

    private static final String DATA = "data:";
    private static final String LOST = ":lost ";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Option(names = "--channel", description = "only events of this channel")
    private @Nullable String channel;

    @Option(names = "--type", description = "only events of this type")
    private @Nullable String type;

    @Override
    public Integer call() throws InterruptedException {
        AdminQuery query = new AdminQuery("/api/tail").with("channel", channel).with("type", type);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> reply = client.send(
                    admin.request(query.toString())
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            if (reply.statusCode() != 200) {
                throw new CommandException("the gateway at " + admin.admin() + " answered " + reply.statusCode()
                        + (reply.statusCode() == 401 ? "; it rejected the admin key" : ""));
            }
            boolean ended = reply.body().allMatch(this::print);
            client.shutdownNow();
            // Only the gateway ends the stream, as it does when it stops in order.
            if (ended) throw closed();
            return 0;
        } catch (UncheckedIOException e) {
            throw closed();
        } catch (IOException e) {
            throw AdminApi.unreachable(admin, e);
        }
    }

    private CommandException closed() {
        return new CommandException(
                "the gateway at " + admin.admin() + " closed the connection; run the command again when it is up");
    }

    /** Prints an event; returns false if nobody reads any more. What the gateway had to leave out is told beside them. */
    private boolean print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (line.startsWith(LOST)) {
            err.println("eventful: " + line.substring(LOST.length()) + " events were lost, because the ones before them"
                    + " were not read fast enough");
            err.flush();
        }
        if (!line.startsWith(DATA)) return true;
        out.println(VisibleText.json(line.substring(DATA.length()).strip()));
        // Detects a closed pipe, such as that of head, which is not reported otherwise.
        return !out.checkError();
    }
}

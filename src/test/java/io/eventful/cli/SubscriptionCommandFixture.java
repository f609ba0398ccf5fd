package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.admin.SubscriptionsServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a real admin API. */
abstract class SubscriptionCommandFixture {

    static final String SINK = "http://127.0.0.1:9/hook";

    @TempDir
    Path folder;

    SubscriptionsServer server;

    record Ran(int exit, String out, String err) {
        JsonNode json() throws Exception {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeEach
    void start() {
        server = SubscriptionsServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Ran run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("subscription", command));
        arguments.addAll(List.of("--admin", server.address().toString(), "--key", SubscriptionsServer.KEY));
        arguments.addAll(List.of(more));
        return plain(arguments);
    }

    static Ran plain(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }
}

package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.admin.SubscriptionsServer;
import io.eventful.harness.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sun.misc.Signal;
import sun.misc.SignalHandler;

class ListenCommandTest {

    private record Handled(Signal signal, SignalHandler handler) {}

    private final List<Handled> handlers = new ArrayList<>();

    @TempDir
    Path folder;

    /** The command handles them for its process, which is that of all tests here. */
    @BeforeEach
    void keepHandlers() {
        for (String name : List.of("TERM", "INT", "HUP")) {
            Signal signal = new Signal(name);
            handlers.add(new Handled(signal, Signal.handle(signal, SignalHandler.SIG_IGN)));
        }
    }

    @AfterEach
    void putHandlersBack() {
        handlers.forEach(each -> Signal.handle(each.signal(), each.handler()));
    }

    @Test
    void whoListensForADayIsToldThatItIsOver() throws Exception {
        TestClock clock = new TestClock(Clock.systemUTC().instant());
        StringWriter err = new StringWriter();
        try (SubscriptionsServer server = SubscriptionsServer.start(folder)) {
            String[] address = {"--admin", server.address().toString(), "--key", SubscriptionsServer.KEY};
            CommandLine command = new CommandLine(new ListenCommand(clock)).setErr(new PrintWriter(err));
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> command.execute(address));
            await().until(() -> err.toString().contains("listening at http://127.0.0.1:"));
            clock.advance(Duration.ofHours(25));

            assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(CommandErrorHandler.FAILED);
            assertThat(err.toString()).contains("eventful: the subscription has expired after a day");
            StringWriter left = new StringWriter();
            Main.commandLine()
                    .setOut(new PrintWriter(left, true))
                    .execute("subscription", "list", "--json", address[0], address[1], address[2], address[3]);
            assertThat(left.toString()).isEqualToIgnoringWhitespace("{\"items\":[],\"next\":null}");
        }
    }
}

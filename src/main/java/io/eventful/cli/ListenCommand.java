package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.EventfulGateway;
import io.eventful.config.VisibleText;
import io.eventful.demo.SampleSubscriber;
import io.eventful.demo.Webhook;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./eventful listen}: a subscriber that prints the webhooks it receives, for as long as it runs. */
@Command(
        name = "listen",
        description = {
            "Subscribes, verifies and prints the webhooks that arrive, and deletes its subscription when it ends. It"
                    + " ends after a day.",
            "The gateway must be on this machine and allow it: run it with --allow-network 127.0.0.0/8."
        },
        mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {

    private static final String PATH = "/api/subscriptions";
    private static final Duration GLANCE = Duration.ofMillis(100);
    /** When the subscription ends by itself, because a listener that is killed cannot delete it. */
    private static final Duration LONGEST = Duration.ofDays(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private EventOptions events = new EventOptions();

    @Option(
            names = "--port",
            converter = PortConverter.class,
            description = "the port on 127.0.0.1 that webhooks arrive at; default: a free one")
    private @Nullable Integer port;

    @Option(names = "--start", description = "now (default), earliest or a position")
    private @Nullable String start;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "end after N webhooks: exit 0 if all were verified, else 1")
    private @Nullable Integer count;

    private final Clock clock;

    ListenCommand() {
        this(EventfulGateway.systemClock());
    }

    ListenCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count != null && count < 1) throw new ParameterException(spec.commandLine(), "--count must be at least 1.");
        AdminApi api = new AdminApi(admin);
        try (SampleSubscriber subscriber = subscriber()) {
            ShutdownSignal end = ShutdownSignal.install();
            Instant expires = clock.instant().plus(LONGEST).truncatedTo(ChronoUnit.SECONDS);
            JsonNode made =
                    api.post(PATH, request(subscriber.address(), expires).toString());
            String id = made.path("id").asText();
            try {
                subscriber.secret(made.at("/config/secret").asText());
                say("listening at " + subscriber.address() + " as " + id + "; Ctrl-C ends it");
                return printed(subscriber, end, expires) ? 0 : CommandErrorHandler.FAILED;
            } finally {
                api.delete(PATH + "/" + id);
            }
        }
    }

    private SampleSubscriber subscriber() throws IOException {
        if (port == null) return new SampleSubscriber(clock, 0);
        try {
            return new SampleSubscriber(clock, port);
        } catch (BindException taken) {
            throw new CommandException("port " + port + " on 127.0.0.1 cannot be opened (" + taken.getMessage()
                    + "); choose another with --port, or leave it out to have a free one");
        }
    }

    private ObjectNode request(String sink, Instant expires) {
        ObjectNode request =
                new ObjectMapper().createObjectNode().put("sink", sink).put("protocol", "HTTP");
        events.addTo(request);
        ObjectNode config = request.withObject("/config").put("expires", expires.toString());
        config.putObject("labels").put("made-by", "eventful listen");
        if (start != null) config.put("start", start);
        return request;
    }

    /**
     * Whether all were verified; returns when the end was asked for, enough have come, or nobody reads any more. False at
     * the end of the subscription, too.
     */
    private boolean printed(SampleSubscriber subscriber, ShutdownSignal end, Instant expires)
            throws InterruptedException {
        boolean all = true;
        PrintWriter out = spec.commandLine().getOut();
        for (int shown = 0; (count == null || shown < count) && !end.asked(); ) {
            Optional<Webhook> next = subscriber.next(GLANCE);
            if (next.isEmpty() && !clock.instant().isBefore(expires)) {
                say("eventful: the subscription has expired after a day; run the command again");
                return false;
            }
            if (next.isEmpty()) continue;
            Webhook webhook = next.get();
            shown++;
            all &= webhook.verified();
            out.println(shown(webhook));
            if (out.checkError()) return all;
        }
        return all;
    }

    static String shown(Webhook webhook) {
        String head = String.join(
                "  ", webhook.verified() ? "verified" : "REFUSED", webhook.type(), webhook.subject(), webhook.id());
        return VisibleText.line(head) + System.lineSeparator() + "  " + VisibleText.json(webhook.body());
    }

    /** Beside the webhooks, which are the output. */
    private void say(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}

package io.eventful.cli;

import io.eventful.demo.SampleSubscriber;
import io.eventful.demo.SampleSystem;
import io.eventful.demo.Webhook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./eventful demo}: a sample system, the gateway in front of it, a subscriber, and real calls. */
@Command(
        name = "demo",
        description =
                "Starts a sample REST system, the gateway in front of it and a subscriber; makes calls and shows the"
                        + " events.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int PATTERNS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--once",
            description = "end after the calls: exit 0 if every webhook arrived and was verified, else 1")
    private boolean once;

    @Option(
            names = "--rehearse",
            hidden = true,
            defaultValue = "0",
            description =
                    "calls made silently at the end, so that a class data archive contains the classes of the hot code")
    private int rehearse;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (DemoFolder folder = DemoFolder.create();
                SampleSystem system = new SampleSystem();
                Gateway gateway = Gateway.start(
                        folder.configuration(system.address(), once ? DemoFolder.Ports.FREE : DemoFolder.Ports.USUAL));
                SampleSubscriber subscriber = new SampleSubscriber(gateway.part(Clock.class), 0);
                DemoClient client = new DemoClient(gateway, folder.adminKey())) {
            out.println("Sample REST system (without events):          " + system.address());
            out.println("Gateway in front of it:                       " + gateway.dataAddress());
            out.println("Subscriber to channel \"customers\":            " + subscriber.address());
            subscriber.secret(client.subscribe(subscriber.address()));
            client.tail();
            boolean all = show(
                            out,
                            client,
                            subscriber,
                            "POST",
                            "/customers",
                            "{\"name\":\"Ada\",\"email\":\"ada@old.example\"}")
                    & show(
                            out,
                            client,
                            subscriber,
                            "PUT",
                            "/customers/42",
                            "{\"name\":\"Ada\",\"email\":\"ada@new.example\"}")
                    & show(out, client, subscriber, "DELETE", "/customers/42", "");
            out.println();
            out.println(
                    all ? "Every webhook arrived and was verified." : "Not every webhook arrived and was verified.");
            out.flush();
            if (rehearse > 0) WarmUp.of(client, subscriber).run(rehearse);
            if (once) return all ? 0 : CommandErrorHandler.FAILED;
            invite(out, gateway, folder.path());
            ShutdownSignal.install().await();
            return 0;
        }
    }

    private static boolean show(
            PrintWriter out, DemoClient client, SampleSubscriber subscriber, String method, String path, String body)
            throws Exception {
        out.println();
        out.println("call      " + method + " " + path + (body.isEmpty() ? "" : "  " + body));
        out.println("reply     " + client.call(method, path, body));
        Map<String, Webhook> byPattern = new TreeMap<>();
        boolean verified = true;
        while (byPattern.size() < PATTERNS) {
            Optional<Webhook> webhook = subscriber.next(PATIENCE);
            if (webhook.isEmpty()) break;
            verified &= webhook.get().verified();
            byPattern.put(webhook.get().pattern(), webhook.get());
        }
        for (String pattern : new String[] {"notification", "state", "change"}) {
            Webhook webhook = byPattern.get(pattern);
            if (webhook == null) {
                out.println("  " + label(pattern) + "  no webhook within " + PATIENCE.toSeconds() + " s");
                continue;
            }
            out.println("  " + label(pattern) + "  " + webhook.type() + "  " + client.event(webhook.id(), PATIENCE));
            out.println("       webhook " + webhook.id()
                    + (webhook.verified() ? "  signature verified" : "  SIGNATURE WRONG"));
        }
        out.flush();
        return verified && byPattern.size() == PATTERNS;
    }

    private static String label(String pattern) {
        return switch (pattern) {
            case "notification" -> "EN ";
            case "state" -> "ECS";
            default -> "ES ";
        };
    }

    private static void invite(PrintWriter out, Gateway gateway, Path folder) {
        out.println();
        out.println("The demo keeps running. Try");
        out.println("  curl -X POST " + gateway.dataAddress()
                + "/customers -H 'Content-Type: application/json' -d '{\"name\":\"Grace\"}'");
        out.println("  curl -H \"Authorization: Bearer $(cat " + folder.resolve("data/admin.key") + ")\" "
                + gateway.adminAddress() + "/api/changes");
        out.println("console " + gateway.adminAddress());
        out.println("Press Ctrl-C to stop.");
        out.flush();
    }
}

package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.AdminClient;
import io.eventful.harness.ConsoleClient;
import io.eventful.harness.WebhookReceiver;
import io.eventful.routes.LiveGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A gateway, a receiver of webhooks, and somebody who has signed in to the console. */
abstract class ConsoleRig {

    private static final String ROUTES = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer, redact: /pin}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        - route:
            id: customers-subscribers
            from:
              uri: channel:customers
              steps:
                - to: {uri: "subscribers:customers"}
                - to: {uri: "view:customers"}
        - route:
            id: broken
            from:
              uri: capture:/broken/{id}
              parameters: {resource: broken}
              steps:
                - throwException: {exceptionType: java.lang.IllegalStateException, message: no}
        """;

    @TempDir
    static Path folder;

    static LiveGateway gateway;
    static WebhookReceiver receiver;
    static AdminClient admin;
    static ConsoleClient console;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), ROUTES);
        receiver = new WebhookReceiver();
        gateway = new LiveGateway(folder.resolve("data"), routes, Map.of("eventful.capture.retry.attempts", "1"));
        admin = new AdminClient(gateway.adminAddress(), LiveGateway.KEY);
        console = new ConsoleClient(gateway.adminAddress());
        console.signIn(LiveGateway.KEY);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    static String page(String path) {
        HttpResponse<String> reply = console.get(path);
        assertThat(reply.statusCode()).as(path + reply.body()).isEqualTo(200);
        return reply.body();
    }
}

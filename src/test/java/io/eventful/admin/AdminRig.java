package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.AdminClient;
import io.eventful.harness.ConsoleClient;
import io.eventful.harness.WebhookReceiver;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A gateway, a receiver of webhooks, a program with the admin key, and somebody who has signed in to the console: for
 * all tests of a class when registered in a static field, else for each.
 */
final class AdminRig implements BeforeAllCallback, BeforeEachCallback, ExtensionContext.Store.CloseableResource {

    static final String NO_ROUTES = "";

    /** Customers are published, sent and kept in a view; what is broken is parked at once. */
    static final String CUSTOMERS = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer, redact: /pin, commands: prefer}
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

    private final String content;
    private final Map<String, String> settings = new HashMap<>(Map.of("eventful.capture.retry.attempts", "1"));

    Path folder;

    /** The route file. */
    Path routes;

    WebhookReceiver receiver;
    LiveGateway gateway;
    AdminClient admin;
    ConsoleClient console;

    /** @param settings name, value, name, value, … */
    AdminRig(String routes, String... settings) {
        this.content = routes;
        for (int i = 0; i < settings.length; i += 2) this.settings.put(settings[i], settings[i + 1]);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        open(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (gateway == null) open(context);
    }

    private void open(ExtensionContext context) throws IOException {
        context.getStore(ExtensionContext.Namespace.create(AdminRig.class)).put(this, this);
        folder = Files.createTempDirectory("eventful-admin");
        routes = Files.createDirectory(folder.resolve("routes")).resolve("customers.yaml");
        if (!content.isEmpty()) Files.writeString(routes, content);
        receiver = new WebhookReceiver();
        gateway = new LiveGateway(folder.resolve("data"), routes.getParent(), settings);
        admin = new AdminClient(gateway.adminAddress(), LiveGateway.KEY);
        console = new ConsoleClient(gateway.adminAddress());
        console.signIn(LiveGateway.KEY);
    }

    /** When the class or test ends that it was opened for. */
    @Override
    public void close() throws IOException {
        if (gateway != null) gateway.close();
        if (receiver != null) receiver.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** Somebody who has not signed in to the console. */
    ConsoleClient stranger() {
        return new ConsoleClient(gateway.adminAddress());
    }

    /** A page of the console. */
    String page(String path) {
        HttpResponse<String> reply = console.get(path);
        assertThat(reply.statusCode()).as(path + reply.body()).isEqualTo(200);
        return reply.body();
    }
}

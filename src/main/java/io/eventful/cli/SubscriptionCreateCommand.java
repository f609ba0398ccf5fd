package io.eventful.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.config.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./eventful subscription create}: creates a subscription and prints its secret. */
@Command(
        name = "create",
        description = "Creates a subscription. Its signing secret is printed only once, by this command.",
        mixinStandardHelpOptions = true)
final class SubscriptionCreateCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "a JSON file with the request; options add to it")
    private @Nullable Path file;

    @Option(names = "--sink", paramLabel = "URL", description = "URL that receives the events")
    private @Nullable String sink;

    @Mixin
    private EventOptions events = new EventOptions();

    @Option(
            names = {"--content-mode", "--contentmode"},
            paramLabel = "MODE",
            description = "binary (default) or structured")
    private @Nullable String contentMode;

    @Option(names = "--ordering", description = "subject (default) or none")
    private @Nullable String ordering;

    @Option(
            names = {"--rate-limit", "--ratelimit"},
            paramLabel = "N",
            description = "maximum deliveries per second")
    private @Nullable Integer rateLimit;

    @Option(names = "--start", description = "now (default), earliest or a position")
    private @Nullable String start;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            converter = NamedValue.Header.class,
            description = "a header to send with each event; repeatable")
    private List<NamedValue> headers = List.of();

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            converter = NamedValue.Pair.class,
            description = "a label; repeatable")
    private List<NamedValue> labels = List.of();

    @Option(names = "--name", description = "a unique name, for imports and files")
    private @Nullable String name;

    @Option(
            names = "--signature",
            paramLabel = "SCHEME",
            description = "v1 (default, a shared secret) or v1a (Ed25519, a public key); repeat for both")
    private List<String> signatures = List.of();

    @Option(names = "--expires", paramLabel = "TIME", description = "when it ends, such as 2026-12-31T23:59:59Z")
    private @Nullable String expires;

    @Option(names = "--max-events", paramLabel = "N", description = "how many events it may receive in total")
    private @Nullable Long maxEvents;

    @Option(
            names = "--bearer",
            paramLabel = "TOKEN",
            arity = "0..1",
            interactive = true,
            description = "a bearer token for the sink; without a value, the command asks for it")
    private @Nullable String bearer;

    @Override
    public Integer call() {
        JsonNode made = new AdminApi(admin).post("/api/subscriptions", request().toString());
        spec.commandLine().getOut().println(output.choose(made, SubscriptionFormatter.one(made)));
        spec.commandLine().getOut().flush();
        made.path("warnings")
                .forEach(each -> spec.commandLine().getErr().println("warning: " + VisibleText.line(each.asText())));
        spec.commandLine().getErr().flush();
        return 0;
    }

    private ObjectNode request() {
        ObjectNode request = base();
        put(request, "sink", sink);
        if (!request.has("protocol")) request.put("protocol", "HTTP");
        events.addTo(request);
        for (NamedValue header : headers)
            request.withObject("/protocolsettings/headers").put(header.name(), header.value());
        if (bearer != null)
            request.withObject("/sinkcredential")
                    .put("credentialtype", "ACCESSTOKEN")
                    .put("accesstoken", bearer);
        ObjectNode config = request.withObject("/config");
        put(config, "contentmode", contentMode);
        put(config, "ordering", ordering);
        put(config, "start", start);
        put(config, "name", name);
        for (String scheme : signatures) config.withArray("/signatures").add(scheme);
        put(config, "expires", expires);
        if (maxEvents != null) config.put("maxevents", maxEvents);
        if (rateLimit != null) config.put("ratelimit", rateLimit);
        for (NamedValue label : labels) config.withObject("/labels").put(label.name(), label.value());
        return request;
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null) object.put(name, value);
    }

    private ObjectNode base() {
        if (file == null) return JSON.createObjectNode();
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) return object;
            throw new CommandException(file + " does not contain a JSON object");
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    file + " is not valid JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read");
        }
    }
}

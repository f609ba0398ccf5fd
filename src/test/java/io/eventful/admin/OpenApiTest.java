package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventful.harness.AdminClient;
import io.eventful.harness.WebhookReceiver;
import io.eventful.routes.LiveGateway;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Holds {@code openapi.yaml} to the specification, to the controllers, and to what they answer. */
class OpenApiTest {

    private static final String ROUTES = """
            - route:
                id: customers
                from:
                  uri: capture:/customers/{id}
                  parameters: {resource: customer, commands: prefer}
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

    /** Records that are written as they are, by the schema that describes them. */
    private static final Map<String, Class<? extends Record>> RECORDS = Map.ofEntries(
            Map.entry("Delivery", DeliveriesApi.Item.class),
            Map.entry("DeliveryWithAttempts", DeliveriesApi.Whole.class),
            Map.entry("Attempt", DeliveriesApi.Attempt.class),
            Map.entry("Phases", DeliveriesApi.Phases.class),
            Map.entry("Queued", DeliveryRetriesApi.Queued.class),
            Map.entry("Replay", ReplaysApi.Job.class),
            Map.entry("Routes", RoutesApi.Routes.class),
            Map.entry("Reload", RoutesApi.LastReload.class),
            Map.entry("RouteProblem", RoutesApi.Problem.class),
            Map.entry("RoutesChecked", RoutesApi.Checked.class),
            Map.entry("Route", io.eventful.routes.RoutesState.RouteState.class),
            Map.entry("ParkedChange", ParkedApi.ParkedChange.class),
            Map.entry("ParkedRetry", ParkedApi.Retry.class),
            Map.entry("View", ViewsApi.View.class),
            Map.entry("ViewRebuild", ViewsApi.Rebuild.class),
            Map.entry("ImportItem", SubscriptionSetsApi.Item.class),
            Map.entry("ImportResult", SubscriptionSetsApi.Items.class),
            Map.entry("TestResult", io.eventful.subscription.TestEvents.Result.class));

    @TempDir
    static Path folder;

    private static LiveGateway gateway;
    private static AdminClient admin;
    private static WebhookReceiver receiver;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), ROUTES);
        receiver = new WebhookReceiver();
        gateway = new LiveGateway(
                folder.resolve("data"), routes, Map.of("eventful.capture.retry.attempts", "1"));
        admin = new AdminClient(gateway.adminAddress(), LiveGateway.KEY);
        document = admin.json("GET", "/openapi.json", "");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        receiver.close();
    }

    @Test
    void itIsADocumentOfOpenApi() throws Exception {
        JsonNode specification = new ObjectMapper()
                .readTree(OpenApiTest.class.getResourceAsStream("/admin/openapi-3.1.schema.json"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(specification);
        assertThat(schema.validate(document)).isEmpty();

        ObjectNode wrong = document.deepCopy();
        ((ObjectNode) wrong.at("/paths/~1api~1changes/get")).remove("responses");
        wrong.withObject("/paths/~1api~1changes/get").put("parameters", "none");
        assertThat(schema.validate(wrong)).isNotEmpty();
    }

    @Test
    void itsSchemasAreSchemasAndItsReferencesLeadSomewhere() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties())
            assertThat(meta.validate(schema.getValue())).as(schema.getKey()).isEmpty();
        for (JsonNode reference : document.findValues("$ref"))
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void itDescribesEveryMappingAndNothingElse() {
        Set<String> described = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> {
                    if (!method.equals("parameters"))
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }));
        described.removeIf(operation -> operation.contains(" /actuator/"));
        assertThat(described).isEqualTo(mappings().keySet());
        for (String path : List.of("health", "info", "prometheus"))
            assertThat(admin.call("GET", "/actuator/" + path, "").statusCode()).isEqualTo(200);
    }

    @Test
    void itDescribesEveryParameter() {
        mappings().forEach((operation, handler) -> {
            Set<String> described = new TreeSet<>();
            for (JsonNode each : parameters(operation)) described.add(text(each));
            for (MethodParameter parameter : handler.getMethodParameters())
                of(parameter).ifPresent(text -> assertThat(described).as(operation).contains(text));
            if (Arrays.stream(handler.getMethodParameters())
                    .noneMatch(each -> each.getParameterType().getSimpleName().equals("HttpServletRequest")))
                assertThat(described).as(operation).hasSize((int) Arrays.stream(handler.getMethodParameters())
                        .filter(parameter -> of(parameter).isPresent())
                        .count());
        });
    }

    /** Name, place, whether it must be there, and its default. */
    private static java.util.Optional<String> of(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null) return java.util.Optional.of(parameter.getParameterName() + " path true ");
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) return java.util.Optional.of(header.name() + " header false ");
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query == null) return java.util.Optional.empty();
        boolean free = query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        return java.util.Optional.of(parameter.getParameterName() + " query " + (query.required() && free) + " "
                + (free ? "" : query.defaultValue()));
    }

    private static String text(JsonNode parameter) {
        return parameter.get("name").asText() + " " + parameter.get("in").asText() + " "
                + parameter.path("required").asBoolean() + " "
                + (parameter.get("in").asText().equals("query") && !parameter.at("/schema/$ref").isTextual()
                        ? parameter.at("/schema/default").asText()
                        : "");
    }

    @Test
    void itsRecordsAreThoseOfTheCode() {
        RECORDS.forEach((name, type) -> {
            JsonNode schema = document.at("/components/schemas/" + name);
            Set<String> all = new TreeSet<>();
            Set<String> required = new TreeSet<>();
            for (RecordComponent component : type.getRecordComponents()) {
                all.add(component.getName());
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                if (!nullable) required.add(component.getName());
            }
            Set<String> described = new TreeSet<>();
            schema.get("properties").fieldNames().forEachRemaining(described::add);
            assertThat(described).as(name).isEqualTo(all);
            Set<String> must = new TreeSet<>();
            schema.path("required").forEach(each -> must.add(each.asText()));
            assertThat(must).as(name).isEqualTo(required);
        });
    }

    @Test
    void nobodyReadsItWithoutTheKey() {
        AdminClient stranger = new AdminClient(gateway.adminAddress(), "not-the-key");
        HttpResponse<String> reply = stranger.call("GET", "/openapi.json", "");
        assertThat(reply.statusCode()).isEqualTo(401);
        valid("Problem", AdminClient.parse(reply.body()));
    }

    @Test
    void whatIsAnsweredIsWhatItSays() {
        JsonNode made = expect("POST", "/api/subscriptions", "/api/subscriptions", 201,
                "{\"sink\":\"" + receiver.address() + "\",\"protocol\":\"HTTP\",\"filters\":[{\"prefix\":{\"subject\":\"/customers/\"}}]}");
        String id = made.get("id").asText();
        receiver.secret(made.at("/config/secret").asText());
        String one = "/api/subscriptions/" + id;
        gateway.call("PUT", "/customers/7", "{\"id\":7,\"name\":\"Ada\"}");
        gateway.call("PUT", "/customers/7", "{\"id\":7,\"name\":\"Ada L.\",\"visits\":1.50}");
        gateway.call("PUT", "/broken/1", "{\"id\":1}");
        gateway.call("PUT", "/customers/8", "{\"id\":8}", "Prefer", "respond-async");
        await().atMost(Duration.ofSeconds(20)).until(() -> admin.all("/api/deliveries").size() >= 3);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !admin.all("/api/routes/broken/parked").isEmpty());

        expect("GET", "/api/subscriptions", "/api/subscriptions?limit=1", 200, "");
        expect("GET", "/api/subscriptions/{id}", one, 200, "");
        expect("PUT", "/api/subscriptions/{id}", one, 200,
                "{\"sink\":\"" + receiver.address() + "\",\"protocol\":\"HTTP\",\"config\":{\"signatures\":[\"v1\",\"v1a\"],\"ratelimit\":50,\"labels\":{\"team\":\"crm\"}}}");
        expect("POST", "/api/subscriptions/{id}/pause", one + "/pause", 200, "");
        expect("POST", "/api/subscriptions/{id}/resume", one + "/resume", 200, "{\"held\":\"slow\",\"rate\":5}");
        expect("POST", "/api/subscriptions/{id}/rotate-secret", one + "/rotate-secret", 200, "");
        expect("POST", "/api/subscriptions/{id}/test", one + "/test", 200, "");
        expect("POST", "/api/subscriptions", "/api/subscriptions", 422, "{\"sink\":\"ftp://x\",\"protocol\":\"HTTP\"}");
        expect("POST", "/api/subscriptions/import", "/api/subscriptions/import", 200,
                "subscriptions:\n  crm:\n    sink: " + receiver.address() + "\n");

        JsonNode deliveries = expect("GET", "/api/deliveries", "/api/deliveries?limit=2", 200, "");
        String delivery = deliveries.at("/items/0/id").asText();
        expect("GET", "/api/deliveries/{id}", "/api/deliveries/" + delivery, 200, "");
        expect("POST", "/api/deliveries/{id}/retry", "/api/deliveries/" + delivery + "/retry", 409, "");
        expect("POST", "/api/deliveries/retry", "/api/deliveries/retry", 202, "{}");
        expect("GET", "/api/deliveries", "/api/deliveries?state=none", 400, "");

        JsonNode replay = expect("POST", "/api/replays", "/api/replays", 202,
                "{\"subscription\":\"" + id + "\",\"from\":\"0\",\"types\":[\"customer.created\"],\"filters\":[{\"exact\":{\"pattern\":\"state\"}}]}");
        expect("GET", "/api/replays", "/api/replays", 200, "");
        expect("GET", "/api/replays/{id}", "/api/replays/" + replay.get("id").asText(), 200, "");
        expect("POST", "/api/replays/{id}/cancel", "/api/replays/" + replay.get("id").asText() + "/cancel", 200, "");

        JsonNode changes = expect("GET", "/api/changes", "/api/changes?limit=3", 200, "");
        String second = changes.at("/items/1/position").asText();
        expect("GET", "/api/changes/{position}", "/api/changes/" + second, 200, "");
        expect("POST", "/api/changes/{position}/reversal", "/api/changes/" + second + "/reversal", 200, "{\"apply\":false}");
        expect("POST", "/api/changes/{position}/reversal", "/api/changes/" + second + "/reversal", 201, "{\"apply\":true}");
        expect("POST", "/api/changes/{position}/reversal", "/api/changes/" + second + "/reversal", 409, "{\"apply\":true}");
        expect("POST", "/api/changes/{position}/resolution", "/api/changes/" + second + "/resolution", 409, "{\"outcome\":\"confirmed\"}");
        expect("GET", "/api/changes/{position}", "/api/changes/999999", 404, "");
        expect("GET", "/api/state", "/api/state?subject=/customers/7&revision=1", 200, "");
        JsonNode commands = expect("GET", "/api/commands", "/api/commands", 200, "");
        expect("GET", "/api/commands/{id}", "/api/commands/" + commands.at("/items/0/id").asText(), 200, "");

        expect("GET", "/api/routes", "/api/routes", 200, "");
        expect("POST", "/api/routes/check", "/api/routes/check", 200, "{\"a.yaml\":\"- route: {id: a, from: {uri: 'nowhere:b'}}\"}");
        expect("GET", "/api/routes/{id}/parked", "/api/routes/broken/parked", 200, "");
        expect("POST", "/api/routes/{id}/parked/retry", "/api/routes/broken/parked/retry", 202, "{}");
        expect("GET", "/api/views", "/api/views", 200, "");
        expect("GET", "/api/views/{name}", "/api/views/customers", 200, "");
        expect("POST", "/api/views/{name}/rebuild", "/api/views/customers/rebuild", 202, "");
        expect("GET", "/api/views/{name}", "/api/views/nothing", 404, "");
        expect("GET", "/api/consistency", "/api/consistency?resource=customer", 200, "");
        expect("GET", "/actuator/health", "/actuator/health", 200, "");
        expect("DELETE", "/api/subscriptions/{id}", one, 204, "");
    }

    /** Calls, and holds the reply's status, media type and body to the description; so the body that was sent, when it was taken. */
    private static JsonNode expect(String method, String template, String path, int status, String body) {
        JsonNode operation = operation(method + " " + template);
        HttpResponse<String> reply = admin.call(method, path, body);
        String what = method + " " + path + " " + reply.statusCode() + " " + reply.body();
        assertThat(reply.statusCode()).as(what).isEqualTo(status);
        JsonNode response = resolved(operation.get("responses").path(String.valueOf(status)));
        assertThat(response.isMissingNode()).as(what).isFalse();
        JsonNode sent = operation.at("/requestBody/content/application~1json/schema");
        if (resolved(operation.path("requestBody")).has("content"))
            sent = resolved(operation.path("requestBody")).at("/content/application~1json/schema");
        if (status < 300 && !body.isEmpty() && !sent.isMissingNode()) valid(sent, AdminClient.parse(body), what);
        if (reply.body().isEmpty()) return JsonNodeFactory.instance.nullNode();
        String type = reply.headers().firstValue("content-type").orElse("").split(";")[0];
        JsonNode content = response.path("content");
        if (type.startsWith("application/vnd.spring-boot")) type = "application/json";
        assertThat(content.has(type)).as(what + " " + type).isTrue();
        JsonNode json = AdminClient.parse(reply.body());
        valid(content.get(type).get("schema"), json, what);
        return json;
    }

    private static void valid(String name, JsonNode json) {
        valid(JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name), json, name);
    }

    private static void valid(JsonNode schema, JsonNode json, String what) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(json);
        assertThat(errors).as(what).isEmpty();
    }

    private static JsonNode operation(String operation) {
        String[] parts = operation.split(" ");
        JsonNode found = document.get("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
        assertThat(found.isMissingNode()).as(operation).isFalse();
        return found;
    }

    private static List<JsonNode> parameters(String operation) {
        List<JsonNode> all = new ArrayList<>();
        document.get("paths").get(operation.split(" ")[1]).path("parameters").forEach(each -> all.add(resolved(each)));
        operation(operation).path("parameters").forEach(each -> all.add(resolved(each)));
        return all;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.path("$ref").isTextual() ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static Map<String, HandlerMethod> mappings() {
        Map<String, HandlerMethod> all = new TreeMap<>();
        RequestMappingHandlerMapping controllers = gateway.bean(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(each -> each.getClass() == RequestMappingHandlerMapping.class)
                .map(RequestMappingHandlerMapping.class::cast)
                .findFirst()
                .orElseThrow();
        controllers.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().isAnnotationPresent(RestController.class)
                    && handler.getBeanType().getName().startsWith("io.eventful"))
                patterns(info).forEach(path -> info.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> all.put(method + " " + path, handler)));
        });
        assertThat(all).hasSizeGreaterThan(30);
        return all;
    }

    private static Stream<String> patterns(RequestMappingInfo info) {
        return info.getPatternValues().stream();
    }
}

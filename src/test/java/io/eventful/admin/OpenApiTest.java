package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventful.harness.AdminClient;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
            Map.entry("SkippedChange", ParkedApi.SkippedChange.class),
            Map.entry("View", ViewsApi.View.class),
            Map.entry("ViewRebuild", ViewsApi.Rebuild.class),
            Map.entry("ImportItem", SubscriptionSetsApi.Item.class),
            Map.entry("ImportResult", SubscriptionSetsApi.Items.class),
            Map.entry("TestResult", io.eventful.subscription.TestEvents.Result.class));

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.NO_ROUTES);

    private static JsonNode document;
    private static Description description;

    @BeforeAll
    static void read() {
        document = rig.admin.json("GET", "/openapi.json", "");
        description = new Description(document);
    }

    @Test
    void itIsADocumentOfOpenApi() throws Exception {
        JsonNode specification =
                new ObjectMapper().readTree(OpenApiTest.class.getResourceAsStream("/admin/openapi-3.1.schema.json"));
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
        for (Map.Entry<String, JsonNode> schema :
                document.at("/components/schemas").properties())
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
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters"))
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }));
        described.removeIf(operation -> operation.contains(" /actuator/"));
        assertThat(described).isEqualTo(mappings().keySet());
        for (String path : List.of("health", "info", "prometheus"))
            assertThat(rig.admin.call("GET", "/actuator/" + path, "").statusCode())
                    .isEqualTo(200);
    }

    @Test
    void itDescribesEveryParameter() {
        mappings().forEach((operation, handler) -> {
            Set<String> described = new TreeSet<>();
            for (JsonNode each : description.parameters(operation)) described.add(text(each));
            for (MethodParameter parameter : handler.getMethodParameters())
                of(parameter)
                        .ifPresent(text -> assertThat(described).as(operation).contains(text));
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
                + (parameter.get("in").asText().equals("query")
                                && !parameter.at("/schema/$ref").isTextual()
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
        AdminClient stranger = new AdminClient(rig.gateway.adminAddress(), "not-the-key");
        HttpResponse<String> reply = stranger.call("GET", "/openapi.json", "");
        assertThat(reply.statusCode()).isEqualTo(401);
        description.valid("Problem", AdminClient.parse(reply.body()));
    }

    private static Map<String, HandlerMethod> mappings() {
        Map<String, HandlerMethod> all = new TreeMap<>();
        RequestMappingHandlerMapping controllers =
                rig.gateway.bean(DispatcherServlet.class).getHandlerMappings().stream()
                        .filter(each -> each.getClass() == RequestMappingHandlerMapping.class)
                        .map(RequestMappingHandlerMapping.class::cast)
                        .findFirst()
                        .orElseThrow();
        controllers.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().isAnnotationPresent(RestController.class)
                    && handler.getBeanType().getName().startsWith("io.eventful"))
                patterns(info)
                        .forEach(path -> info.getMethodsCondition()
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

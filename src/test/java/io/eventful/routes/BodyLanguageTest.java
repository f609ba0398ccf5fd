package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLanguageTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = Bench.of(folder, """
                - route:
                    id: render
                    from:
                      uri: direct:state
                      steps:
                        - transformDataType: {toType: "event:state"}
                """);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private <T> T simple(String text, Object body, Class<T> type) {
        return evaluate("simple", text, body, type);
    }

    private <T> T evaluate(String language, String text, Object body, Class<T> type) {
        Exchange exchange = new DefaultExchange(bench.camel());
        exchange.getMessage().setBody(body);
        var expression = bench.camel().resolveLanguage(language).createExpression(text);
        expression.init(bench.camel());
        return expression.evaluate(exchange, type);
    }

    private boolean matches(String text, Object body) {
        Exchange exchange = new DefaultExchange(bench.camel());
        exchange.getMessage().setBody(body);
        var predicate = bench.camel().resolveLanguage("simple").createPredicate(text);
        predicate.init(bench.camel());
        return predicate.matches(exchange);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${body.action} | updated",
                "${body[action]} | updated",
                "${body.resource} | customer",
                "${body.subject} | /customers/42",
                "${body.revision} | 3",
                "${body.position} | 7",
                "${body.type} | customer.updated",
                "${body.request.method} | PUT",
                "${body.response.status} | 200",
                "${body.before.email} | ada@old.example",
                "${body.after.email} | ada@new.example",
                "${body.after[email]} | ada@new.example",
                "${body.after['email']} | ada@new.example",
                "${body[after][email]} | ada@new.example",
                "${body.after.total} | 10.50",
                "${body.after.vip} | true",
                "${body.after.lines[1].sku} | b-2",
                "${body.after.lines[last].n} | 5",
                "${body.after.lines.size} | 2",
                "${body.after.lines.size()} | 2",
                "${body.action.toUpperCase()} | UPDATED",
                "${body?.after?.email} | ada@new.example",
                "'is ${body.action}: ${body.after.lines[0]}' | is updated: {\"sku\":\"a-1\",\"n\":2}",
            })
    void simpleReadsAChange(String text, String expected) {
        assertThat(simple(text, Changes.updated(), String.class)).isEqualTo(expected);
    }

    @Test
    void whatAnItemLacksIsNull() {
        assertThat(simple("${body.after.nothing}", Changes.updated(), Object.class))
                .isNull();
        assertThat(simple("${body.after.note}", Changes.updated(), Object.class))
                .isNull();
        assertThat(simple("${body.after.a.b.c}", Changes.updated(), Object.class))
                .isNull();
        assertThat(simple("${body.after}", Changes.deleted(), Object.class)).isNull();
        assertThat(simple("${body.after.email}", Changes.deleted(), Object.class))
                .isNull();
    }

    @Test
    void aMemberThatNoChangeHasIsAnErrorWithAGuess() {
        assertThatThrownBy(() -> simple("${body.aftr.email}", Changes.updated(), Object.class))
                .hasStackTraceContaining("did you mean \"after\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${body.action} == 'updated' | true",
                "${body.action} in 'created,updated' | true",
                "${body.after.email} contains 'new' | true",
                "${body.after.email} != ${body.before.email} | true",
                "${body.after.total} > 10 | true",
                "${body.after.total} > 10.5 | false",
                "${body.after.total} < 10.51 | true",
                "${body.after.total} == 10.5 | true",
                "${body.after.total} range '1..5' | false",
                "${body.after.vip} == true | true",
                "${body.after.nothing} == null | true",
                "${body.after} != null | true",
                "${body.revision} == 3 | true",
                "${body.after.lines.size} >= 2 && ${body.resource} == 'customer' | true",
            })
    void simplePredicatesDecideOnAChange(String text, boolean expected) {
        assertThat(matches(text, Changes.updated())).isEqualTo(expected);
    }

    @Test
    void simpleAndJsonPathReadAnEvent() {
        Object event = bench.request("direct:state", Changes.updated());
        assertThat(event).isInstanceOf(Event.class);
        assertThat(simple("${body.type}", event, String.class)).isEqualTo("customer.updated");
        assertThat(simple("${body.subject}", event, String.class)).isEqualTo("/customers/42");
        assertThat(simple("${body.pattern}", event, String.class)).isEqualTo("state");
        assertThat(simple("${body.extensions[pattern]}", event, String.class)).isEqualTo("state");
        assertThat(simple("${body.data.action}", event, String.class)).isEqualTo("updated");
        assertThat(simple("${body.data.state.email}", event, String.class)).isEqualTo("ada@new.example");
        assertThat(Json.parse(simple("${body.data}", event, String.class))
                        .path("action")
                        .asText())
                .isEqualTo("updated");
        assertThat(evaluate("jsonpath", "$.data.state.email", event, String.class))
                .isEqualTo("ada@new.example");
        assertThat(evaluate("jsonpath", "$.pattern", event, String.class)).isEqualTo("state");
    }

    @Test
    void jsonPathReadsAChange() {
        Change change = Changes.updated();
        assertThat(evaluate("jsonpath", "$.after.email", change, String.class)).isEqualTo("ada@new.example");
        assertThat(evaluate("jsonpath", "$.after.id", change, Object.class)).isEqualTo(42);
        assertThat(evaluate("jsonpath", "$.after.total", change, Double.class)).isEqualTo(10.5);
        assertThat(evaluate("jsonpath", "$.after.lines[*].sku", change, List.class))
                .hasToString("[a-1, b-2]");
        assertThat(evaluate("jsonpath", "$.after.lines[?(@.n > 3)].sku", change, List.class))
                .hasToString("[b-2]");
    }

    @Test
    void changesAndEventsConvertToJsonOfEveryKind() throws Exception {
        Object event = bench.request("direct:state", Changes.updated());
        for (Object body : List.of(Changes.updated(), event)) {
            var converter = bench.camel().getTypeConverter();
            String text = converter.mandatoryConvertTo(String.class, body);
            JsonNode tree = Json.parse(text);
            assertThat(tree.path("subject").asText()).isEqualTo("/customers/42");
            assertThat(Json.same(converter.mandatoryConvertTo(JsonNode.class, body), tree))
                    .isTrue();
            assertThat(converter.mandatoryConvertTo(byte[].class, body))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            try (InputStream stream = converter.mandatoryConvertTo(InputStream.class, body)) {
                assertThat(stream.readAllBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            }
            Map<?, ?> map = converter.mandatoryConvertTo(Map.class, body);
            assertThat(map.get("subject")).isEqualTo("/customers/42");
        }
    }
}

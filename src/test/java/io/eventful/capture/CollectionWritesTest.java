package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes on a collection of which another route has the items: that they happened is told, and none of the items. */
class CollectionWritesTest extends CompensationFixture {

    private static final Image NONE = new Image.Unknown("collection");
    private static final String LISTING = "[{\"id\":1,\"ssn\":\"SECRET-1\"}]";

    private List<Change> everything;

    @BeforeEach
    void routes() {
        gateway.route("people", "/people/{id}", Map.of("redact", "/ssn"));
        everything = gateway.route("everything", "/**", Map.of("actions", "archive"));
        system.script = (exchange, body) -> {
            boolean collection = exchange.getRequestURI().getPath().matches(".*/(people|staff)/?(archive)?");
            if (collection) RestSystem.reply(exchange, 200, LISTING);
            return collection;
        };
    }

    private void nothingIsKept() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("SECRET-");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /people?status=old, deleted",
        "DELETE, /x/..//people/, deleted",
        "PUT, /people, updated",
        "PATCH, /people?all=1, updated",
        "POST, /people/archive, archive"
    })
    void onlyThatItHappenedIsTold(String method, String target, String action) throws Exception {
        call(method, target, method.equals("DELETE") ? "" : "[{\"id\":1,\"ssn\":\"SECRET-2\"}]");
        Change change = gateway.only();
        assertThat(change.subject()).isEqualTo("/people");
        assertThat(change.resource()).isEqualTo("people");
        assertThat(change.action()).isEqualTo(action);
        assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(List.of(change.before(), change.after())).containsOnly(NONE);
        assertThat(change.reversible()).isFalse();
        assertThat(change.reason()).isEqualTo("collection");
        String redacted = Json.digest(Json.parse("[{\"id\":1}]"));
        assertThat(change.request().digest()).isEqualTo(method.equals("DELETE") ? "" : redacted);
        assertThat(change.response().digest()).isEqualTo(redacted);
        assertThat(system.asked).hasSize(1);
        await().untilAsserted(() -> assertThat(everything).hasSize(1));
        nothingIsKept();
    }

    @Test
    void theItemsThemselvesAreToldByTheirRoute() throws Exception {
        call("PUT", "/people/7", "{\"n\":1,\"ssn\":\"SECRET-3\"}");
        call("PUT", "/teams/7", "{\"n\":1}");
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::after)
                .containsExactly(
                        tuple("/people/7", json("{\"n\":1,\"id\":7}").redacted()),
                        tuple("/teams/7", json("{\"n\":1,\"id\":7}")));
        nothingIsKept();
    }

    /** Neither for a call without a reply, nor for a comparison. */
    @Test
    void nobodyLooksAtTheCollection() throws Exception {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 200, LISTING);
            else exchange.close();
            return true;
        };
        gateway.call("DELETE", "/people?status=old", "", "Authorization", "Bearer own");
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(1));
        Change unknown = gateway.only();
        assertThat(unknown.outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        Inspections.Found found = gateway.inspections.inspect(unknown.item(), Inspections.Repair.YES);
        assertThat(found.reason()).isEqualTo("not-captured");
        assertThat(system.gets("/people")).isZero();
        CaptureTable table = gateway.captures.table();
        CapturePlan plan = table.plan(unknown.item()).orElseThrow();
        assertThat(table.isCollection(plan, "/people")).isTrue();
        assertThat(table.isCollection(plan, "/teams")).isFalse();
        assertThat(table.plan(new Item("/upstreams/default", "", "/people/7")))
                .hasValueSatisfying(items ->
                        assertThat(table.isCollection(items, "/people/7")).isFalse());
        nothingIsKept();
    }

    /** Where one route has everything, it cannot tell a list from an item. */
    @Test
    void aListIsRedactedInEachOfItsElements() throws Exception {
        gateway.route("staff", "/staff/**", Map.of("redact", "/ssn"));
        call("DELETE", "/staff", "");
        assertThat(gateway.only().before()).isEqualTo(NONE);
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 200, LISTING);
            return true;
        };
        call("DELETE", "/staff/old", "");
        Change change = gateway.changes().getLast();
        assertThat(change.before()).isEqualTo(json("[{\"id\":1}]").redacted());
        assertThat(change.reason()).isEqualTo("redacted");
        nothingIsKept();
    }
}

package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.event.Item;
import io.eventful.event.PathTemplate;
import io.eventful.event.RevisionTag;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions that an upstream without entity tags does not know, and where reads go. */
class ConditionsTest {

    private static final String ITEM = "/customers/1";

    @TempDir
    Path folder;

    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system);
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer", "ifMatch", "required"));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private int put(String json, String... fields) throws IOException {
        return gateway.call("PUT", ITEM, json, fields).statusCode();
    }

    @Test
    void anItemIsWrittenOnlyFromTheStateThatTheCallerKnows() throws Exception {
        assertThat(put("{\"n\":1}")).isEqualTo(428);
        assertThat(put("{\"n\":1}", "If-Match", "\"r1\""))
                .as("nobody knows of it")
                .isEqualTo(201);
        assertThat(put("{\"n\":2}", "If-Match", "\"r1\"")).isEqualTo(200);
        HttpResponse<String> stale = gateway.call("PUT", ITEM, "{\"n\":3}", "If-Match", "\"r1\"");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.headers().firstValue("ETag"))
                .as("the upstream was not asked whether the caller may know it")
                .isEmpty();
        assertThat(stale.body()).doesNotContain("r2");
        assertThat(put("{\"n\":3}", "If-Match", "\"x\", \"r2\"")).isEqualTo(200);
        assertThat(put("{\"n\":4}", "If-None-Match", "*")).as("it is there").isEqualTo(412);
        assertThat(gateway.call("DELETE", ITEM, "").statusCode()).isEqualTo(428);
        assertThat(gateway.call("DELETE", ITEM, "", "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(put("{\"n\":5}", "If-Match", "*")).as("it is gone").isEqualTo(412);
        assertThat(put("{\"n\":5}", "If-None-Match", "*")).isEqualTo(201);
        assertThat(gateway.call("POST", "/customers", "{\"n\":6}").statusCode())
                .as("a create has no item yet")
                .isEqualTo(201);
        assertThat(system.writes()).hasSize(6);
    }

    @Test
    void aTagIsThatOfItsScope() throws Exception {
        gateway.route(
                "orders", "/orders/{id}", Map.of("resource", "order", "ifMatch", "required", "scope", "X-Tenant"));
        for (String tenant : new String[] {"a", "b"})
            assertThat(order(tenant, "If-None-Match", "*").statusCode()).isIn(200, 201);
        assertThat(order("a", "If-Match", "\"r7\"").statusCode()).isEqualTo(412);
        String tag = RevisionTag.of(new Item("/upstreams/default", "a", "/orders/1"), 1);
        assertThat(tag).matches("\"r1-[0-9a-f]{16}\"");
        assertThat(order("b", "If-Match", tag).statusCode()).isEqualTo(412);
        assertThat(order("a", "If-Match", "\"x\", " + tag).statusCode()).isEqualTo(200);
        assertThat(order("a", "If-Match", tag).statusCode()).isEqualTo(412);
        assertThat(order("a", "If-Match", "\"r2\"").statusCode())
                .as("the revision of an event, whose scope the call has itself")
                .isEqualTo(200);
    }

    private HttpResponse<String> order(String tenant, String... condition) throws IOException {
        String json = "{\"n\":" + system.writes().size() + "}";
        return gateway.call("PUT", "/orders/1", json, "X-Tenant", tenant, condition[0], condition[1]);
    }

    @Test
    void ofManyWritersFromOneStateOneIsLetThrough() throws Exception {
        assertThat(put("{\"n\":0}", "If-None-Match", "*")).isEqualTo(201);
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Integer>> writers = java.util.stream.IntStream.range(1, 9)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        start.await();
                        return put("{\"n\":" + i + "}", "If-Match", "\"r1\"");
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        start.countDown();
        List<Integer> statuses = writers.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 200).allMatch(status -> status == 412 || status == 503);
        assertThat(system.writes()).hasSize(2);
    }

    @Test
    void readsGoToTheirUpstreamUnlessTheCallerWantsToSeeAWrite() {
        CapturePlan plan = CapturePlan.of(
                PathTemplate.parse("/customers/{id}"),
                CaptureOptions.parse(
                        Map.of("upstream", "crm", "queryUpstream", "replica", "queries", "view:customers")),
                "customers");
        CaptureTable table = CaptureTable.of(List.of(
                new CaptureRoute("customers", plan.template(), plan.options(), (change, done) -> done.accept(null))));
        Fields position = Fields.NONE.and("Eventful-Min-Position", "7");
        assertThat(table.queryUpstream(get(ITEM, Fields.NONE))).hasValue("replica");
        assertThat(table.queryUpstream(get("/customers", Fields.NONE))).hasValue("replica");
        assertThat(table.queryUpstream(get("/customers/1/notes", Fields.NONE))).isEmpty();
        assertThat(table.queryUpstream(get(ITEM, position))).hasValue("crm");
        assertThat(table.query(get(ITEM, Fields.NONE)))
                .hasValueSatisfying(query -> assertThat(query.upstream()).isEqualTo("replica"));
        assertThat(table.query(get(ITEM, position)))
                .hasValueSatisfying(query -> assertThat(query.upstream()).isEqualTo("crm"));
    }

    private static RequestHead get(String path, Fields fields) {
        return new RequestHead("GET", path, path, "", fields, "localhost", "http", "127.0.0.1");
    }
}

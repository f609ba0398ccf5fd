package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the ledger and the REST system agree on an item, and what makes them. */
class InspectionsTest {

    private static final Item ONE = new Item("/upstreams/default", "", "/customers/1");

    @TempDir
    Path folder;

    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        open("s3cret");
    }

    private void open(String bearer) throws Exception {
        gateway = new Gateway(folder, system, bearer, Gateway.SETTINGS);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private Inspections.Found inspect(Item item, Inspections.Repair repair) throws InterruptedException {
        return gateway.inspections.inspect(item, repair);
    }

    @Test
    void aDifferenceIsToldAndBecomesAChangeWhenRepaired() throws Exception {
        var received = gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        assertThat(gateway.call("PUT", "/customers/1", "{\"n\":1}").statusCode())
                .isEqualTo(201);
        assertThat(inspect(ONE, Inspections.Repair.NO).result()).isEqualTo(Inspections.Result.SAME);

        system.put("/customers/1", "{\"id\":1,\"n\":2}");
        Inspections.Found different = inspect(ONE, Inspections.Repair.NO);
        assertThat(different.result()).isEqualTo(Inspections.Result.DIFFERENT);
        assertThat(different.upstream()).isEqualTo(Json.parse("{\"id\":1,\"n\":2}"));
        assertThat(gateway.changes()).hasSize(1);

        Inspections.Found repaired = inspect(ONE, Inspections.Repair.YES);
        assertThat(repaired.result()).isEqualTo(Inspections.Result.REPAIRED);
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.SAME);
        assertThat(gateway.changes()).hasSize(2);
        Change drift = gateway.changes().getLast();
        assertThat(drift.action()).isEqualTo("drifted");
        assertThat(drift.revision()).isEqualTo(2);
        assertThat(drift.after()).isEqualTo(new Image.Known(Json.parse("{\"id\":1,\"n\":2}")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(received).extracting(Change::action).containsExactly("created", "drifted"));

        system.items.remove("/customers/1");
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.REPAIRED);
        assertThat(gateway.changes().getLast().after()).isInstanceOf(Image.Absent.class);
    }

    @Test
    void whatNobodyCanTellIsUnknownAndNeverRepaired() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        gateway.call("PUT", "/customers/1", "{\"n\":1}");
        assertThat(inspect(new Item("/upstreams/default", "", "/others/1"), Inspections.Repair.YES)
                        .reason())
                .isEqualTo("not-captured");
        system.token = "another";
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.UNKNOWN);
        gateway.close();
        open(null);
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        assertThat(inspect(ONE, Inspections.Repair.YES).reason()).isEqualTo("no-credential");
        assertThat(gateway.changes()).hasSize(1);
    }

    @Test
    void anItemThatIsOnlyThereWithASlashAtItsEndIsLookedAtThere() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        gateway.call("PUT", "/customers/1/", "{\"n\":1}");
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.SAME);
        system.put("/customers/1/", "{\"n\":2}");
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.REPAIRED);
        assertThat(inspect(ONE, Inspections.Repair.YES).result()).isEqualTo(Inspections.Result.SAME);
        assertThat(gateway.changes()).hasSize(2);
    }

    @Test
    void anItemIsAskedForWithTheScopeWhereCallersHaveIt() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("scope", "tenant"));
        gateway.call("PUT", "/customers/1?tenant=a", "{\"n\":1}");
        Item item = new Item("/upstreams/default", "a", "/customers/1");
        assertThat(inspect(item, Inspections.Repair.NO).result()).isEqualTo(Inspections.Result.SAME);
        assertThat(system.asked.getLast().target()).isEqualTo("/customers/1?tenant=a");
    }
}

package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** Whatever the order in which events come, and how often: in the end a view is what the ledger says. */
class ProjectionPropertyTest {

    private static Path folder;
    private static Rig rig;
    private static Views.Registration view;
    private static int runs;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("views");
        rig = new Rig(folder, TestStores.sqlite(folder));
        view = rig.view("customers", Map.of("access", "open"));
    }

    @AfterContainer
    static void close() throws Exception {
        rig.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Property(tries = 40)
    void theViewEndsAsTheLedger(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int length) {
        Random random = new Random(seed);
        int run = ++runs;
        Map<String, Change> last = new HashMap<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String subject = "/customers/" + run + '-' + random.nextInt(3);
            boolean there = last.containsKey(subject) && last.get(subject).after() instanceof Image.Known;
            String json = there && random.nextInt(5) == 0
                    ? null
                    : "{\"n\":" + i + ",\"m" + random.nextInt(4) + "\":[" + random.nextInt(9) + "]}";
            Change change = rig.change(subject, "", json);
            last.put(subject, change);
            events.add(Rig.event(random.nextBoolean() ? "state" : "change", change));
        }
        // Lost events come again, others come twice, and all of them in any order.
        List<Event> arriving = new ArrayList<>(events);
        for (Event event : events) if (random.nextInt(3) == 0) arriving.add(event);
        Collections.shuffle(arriving, random);
        int rebuildAt = random.nextInt(3) == 0 ? random.nextInt(arriving.size()) : -1;
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int i = 0; i < arriving.size(); i++) {
            if (i == rebuildAt) rig.views.rebuild("customers");
            written.add(view.project(arriving.get(i)).toCompletableFuture());
            if (random.nextBoolean()) written.getLast().join();
        }
        written.forEach(CompletableFuture::join);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> rig.views.statuses().stream()
                        .noneMatch(one -> one.state().equals("rebuilding")));

        last.forEach((subject, change) -> {
            Rig.Got got = rig.get("/.eventful/views" + subject);
            if (change.after() instanceof Image.Known known) {
                assertThat(Json.same(Json.parse(got.body()), known.json())).isTrue();
                assertThat(got.field("ETag")).isEqualTo("\"r" + change.revision() + '"');
            } else assertThat(got.status()).isEqualTo(404);
        });
    }
}

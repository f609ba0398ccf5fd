package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Change;
import io.eventful.store.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a view is, on whichever store. */
abstract class ViewContract {

    private static final String ONE = "/.eventful/views/customers/1";
    private static final String LIST = "/.eventful/views/customers";

    @TempDir
    Path folder;

    Rig rig;
    private Views.Registration view;

    abstract Databases stores(Path folder);

    @BeforeEach
    void open() {
        rig = new Rig(folder, stores(folder));
        view = rig.view("customers", Map.of("access", "open", "index", "status,total"));
        filled();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void filled() {
        Awaitility.await()
                .until(() -> rig.views.statuses().stream()
                        .noneMatch(one -> one.state().equals("rebuilding")));
    }

    private Change project(String subject, String json) {
        Change change = rig.change(subject, "", json);
        Rig.project(view, Rig.event("state", change));
        return change;
    }

    @Test
    void whatComesLateOrTwiceChangesNothing() {
        Change first = rig.change("/customers/1", "", "{\"id\":1,\"n\":1.10}");
        Change second = rig.change("/customers/1", "", "{\"id\":1,\"n\":2}");
        for (Change change : List.of(second, first, second, first)) Rig.project(view, Rig.event("state", change));

        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"n\":2}");
        assertThat(rig.get(ONE).field("ETag")).isEqualTo("\"r2\"");
        assertThat(rig.get(ONE, "If-None-Match", "W/\"x\", \"r2\"").status()).isEqualTo(304);
        assertThat(rig.get(ONE + "?asOf=" + first.position()).body()).isEqualTo("{\"id\":1,\"n\":1.10}");
        assertThat(rig.get(ONE + "?asOf=2999-01-01T00:00:00+00:00").body()).isEqualTo("{\"id\":1,\"n\":2}");
        assertThat(rig.get(ONE + "?fields=n").body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aDeleteLeavesATombstone() {
        Change first = project("/customers/1", "{\"id\":1}");
        project("/customers/1", null);
        Rig.project(view, Rig.event("state", first));

        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
    }

    @Test
    void patchesAreAppliedInOrderAndReadAgainWhenOneIsMissing() {
        Change first = rig.change("/customers/1", "", "{\"id\":1,\"a\":1}");
        Change second = rig.change("/customers/1", "", "{\"id\":1,\"a\":1,\"b\":2}");
        Change third = rig.change("/customers/1", "", "{\"id\":1,\"a\":3,\"b\":2}");

        Rig.project(view, Rig.event("change", first));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":1}");
        Rig.project(view, Rig.event("change", third));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":3,\"b\":2}");
        Rig.project(view, Rig.event("change", second));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":3,\"b\":2}");
    }

    @Test
    void aNotificationIsRefused() {
        Change change = rig.change("/customers/1", "", "{\"id\":1}");
        assertThatThrownBy(() -> Rig.project(view, Rig.event("notification", change)))
                .hasMessageContaining("is a notification, which tells no state")
                .hasMessageContaining("event:state or event:change");
    }

    @Test
    void scopesAreKeptApart() {
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "a", "{\"of\":\"a\"}")));
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "b", "{\"of\":\"b\"}")));

        assertThat(rig.get(ONE, "X-Tenant", "a").body()).isEqualTo("{\"of\":\"a\"}");
        assertThat(rig.get(ONE + "?X-Tenant=b").body()).isEqualTo("{\"of\":\"b\"}");
        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.get(LIST, "X-Tenant", "b").body()).isEqualTo("[{\"of\":\"b\"}]");
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
    }

    @Test
    void listsAreFilteredSortedAndPaged() {
        String[] totals = {"10", "9.5", "-3", "\"x\"", "1e2", "null", "0", "-20"};
        for (int i = 0; i < totals.length; i++)
            project(
                    "/customers/" + i,
                    "{\"status\":\"" + (i % 2 == 0 ? "open" : "shut") + "\",\"total\":" + totals[i] + "}");

        List<String> seen = new ArrayList<>();
        String next = LIST + "?sort=total&limit=3&fields=total";
        Pattern link = Pattern.compile("<(.*)>; rel=\"next\"");
        while (!next.isEmpty()) {
            Rig.Got page = rig.get(next);
            Matcher total = Pattern.compile("\"total\":([^}]*)").matcher(page.body());
            while (total.find()) seen.add(total.group(1));
            Matcher found = link.matcher(page.field("Link"));
            next = found.matches() ? found.group(1) : "";
        }
        assertThat(seen).containsExactly("null", "-20", "-3", "0", "9.5", "10", "1e2", "\"x\"");
        assertThat(rig.get(LIST + "?status=open&sort=-total&fields=total").body())
                .isEqualTo("[{\"total\":1e2},{\"total\":10},{\"total\":0},{\"total\":-3}]");
        assertThat(rig.get(LIST + "?total=100").body()).contains("1e2");
    }

    @Test
    void listsAreFilteredAndSortedByMembersThatAreNotDeclaredToo() {
        for (int i = 0; i < 7; i++)
            project(
                    "/customers/" + i,
                    "{\"status\":\"" + (i == 3 ? "shut" : "open") + "\",\"name\":\"n" + i % 2 + "\",\"at\":{\"rank\":"
                            + -i + "}}");

        assertThat(pages(LIST + "?name=n1&fields=at&limit=2"))
                .containsExactly("[{\"at\":{\"rank\":-1}},{\"at\":{\"rank\":-3}}]", "[{\"at\":{\"rank\":-5}}]");
        assertThat(pages(LIST + "?sort=at.rank&status=open&fields=at.rank&limit=4"))
                .containsExactly(
                        "[{\"at.rank\":-6},{\"at.rank\":-5},{\"at.rank\":-4},{\"at.rank\":-2}]",
                        "[{\"at.rank\":-1},{\"at.rank\":0}]");
        assertThat(pages(LIST + "?sort=-name&at.rank=-3&status=shut&fields=name"))
                .containsExactly("[{\"name\":\"n1\"}]");
        assertThat(pages(LIST + "?sort=-status&name=n1&fields=status&limit=1"))
                .containsExactly("[{\"status\":\"shut\"}]", "[{\"status\":\"open\"}]", "[{\"status\":\"open\"}]");
        assertThat(pages(LIST + "?nobody=has+it")).containsExactly("[]");
    }

    @Test
    void whatIsNotDeclaredIsLookedForInSoManyItems() {
        for (int i = 0; i <= Rig.SCAN; i++) project("/customers/" + i, "{\"status\":\"" + i + "\",\"name\":\"x\"}");

        assertThat(rig.get(LIST + "?sort=name").status()).isEqualTo(400);
        assertThat(rig.get(LIST + "?sort=name").body())
                .contains("More than " + Rig.SCAN + " items", "index=", "eventful.view.scan");
        assertThat(rig.get(LIST + "?name=x&limit=3").status()).isEqualTo(200);
        assertThat(rig.get(LIST + "?name=x&status=3").body()).isEqualTo("[{\"status\":\"3\",\"name\":\"x\"}]");
    }

    /** Every page of a list, by its links. */
    private List<String> pages(String first) {
        List<String> pages = new ArrayList<>();
        for (String next = first; !next.isEmpty(); ) {
            Rig.Got page = rig.get(next);
            pages.add(page.body());
            Matcher found = Pattern.compile("<(.*)>; rel=\"next\"").matcher(page.field("Link"));
            next = found.matches() ? found.group(1) : "";
        }
        return pages;
    }

    @Test
    void aRebuildFillsItAgainFromTheLedger() {
        for (int i = 0; i < 20; i++) rig.change("/customers/" + i, "", "{\"status\":\"open\",\"total\":" + i + "}");
        rig.change("/customers/3", "", null);
        assertThat(rig.get(LIST + "?status=open").body()).isEqualTo("[]");

        assertThat(rig.views.rebuild("customers")).isEqualTo(Views.Rebuilding.STARTED);
        filled();

        assertThat(rig.views.status("customers").orElseThrow().rows()).isEqualTo(19);
        assertThat(rig.get(LIST + "?total=7").body()).isEqualTo("[{\"status\":\"open\",\"total\":7}]");
        assertThat(rig.get("/.eventful/views/customers/3").status()).isEqualTo(404);
        assertThat(rig.views.rebuild("others")).isEqualTo(Views.Rebuilding.NO_VIEW);
    }

    @Test
    void theLiveOneIsReadAndWrittenWhileItIsRebuilt() {
        for (int i = 0; i < 300; i++) project("/customers/" + i, "{\"total\":0}");
        Generation before = rig.views.find("customers").orElseThrow().view().live();
        assertThat(rig.views.rebuild("customers")).isEqualTo(Views.Rebuilding.STARTED);
        int round = 0;
        do {
            round++;
            for (int i = 0; i < 300; i += 50) {
                project("/customers/" + i, "{\"total\":" + round + "}");
                assertThat(rig.get(LIST + '/' + i).body()).isEqualTo("{\"total\":" + round + "}");
                assertThat(rig.get(LIST + '/' + (i + 1)).body()).isEqualTo("{\"total\":0}");
            }
        } while (rig.views.find("customers").orElseThrow().rebuilding().get());
        Generation after = rig.views.find("customers").orElseThrow().view().live();
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(rig.get(LIST + "?total=" + round + "&limit=1000").body().split("\\{", -1))
                .hasSize(7);
        assertThat(rig.views.status("customers").orElseThrow().rows()).isEqualTo(300);
    }

    @Test
    void whatACrashLeftOfARebuildIsRemovedAtTheNextStart() throws Exception {
        ViewStore store = rig.views.find("customers").orElseThrow().view().store();
        project("/customers/1", "{\"id\":1}");
        rig.views.statuses();
        store.begin("customers", List.of("status"));
        view.close();
        view = rig.view("customers", Map.of("access", "open", "index", "status,total"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !store.isAny("customers", Generations.BUILDING));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1}");
    }

    @Test
    void aReadWaitsForItsPositionAndSaysWhenThatDoesNotCome() {
        Change change = rig.change("/customers/1", "", "{\"id\":1}");
        String position = Long.toString(change.position());
        assertThat(rig.get(ONE, "Eventful-Min-Position", position).status()).isEqualTo(504);
        assertThat(rig.get(LIST, "Eventful-Min-Position", position).status()).isEqualTo(504);
        assertThat(rig.get(LIST, "Eventful-Min-Position", "soon").status()).isEqualTo(400);

        CompletableFuture<Rig.Got> waiting = CompletableFuture.supplyAsync(
                () -> rig.get(ONE, "Eventful-Min-Position", position, "Prefer", "wait=60"));
        Rig.project(view, Rig.event("state", change));
        assertThat(waiting.join().body()).isEqualTo("{\"id\":1}");
        assertThat(rig.get(LIST, "Eventful-Min-Position", position).body()).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void nobodyReadsStaleWhoGivesThePosition() {
        int items = 8;
        int writes = 40;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int item = 0; item < items; item++) {
                String id = Integer.toString(item);
                all.add(CompletableFuture.runAsync(
                        () -> {
                            for (int write = 0; write < writes; write++) {
                                Change change = rig.change("/customers/" + id, "", "{\"total\":" + write + "}");
                                var unused = view.project(Rig.event("state", change));
                                String position = Long.toString(change.position());
                                Rig.Got got = rig.get(
                                        LIST + '/' + id, "Eventful-Min-Position", position, "Prefer", "wait=60");
                                assertThat(got.body()).isEqualTo("{\"total\":" + write + "}");
                                assertThat(rig.get(
                                                        LIST + "?total=" + write,
                                                        "Eventful-Min-Position",
                                                        position,
                                                        "Prefer",
                                                        "wait=60")
                                                .body())
                                        .contains("{\"total\":" + write + "}");
                            }
                        },
                        threads));
            }
            all.forEach(CompletableFuture::join);
        }
    }
}

package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How a view is read, on whichever store. */
abstract class ViewReadsContract extends ViewScopesContract {

    /** Longer than what an index of PostgreSQL can hold, however well it is compressed. */
    @Test
    void namesOfAnyLengthAreFound() {
        String longest = new Random(1)
                .ints(12_000, 'A', 'Z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        for (int i = 0; i < 2; i++) {
            String state = "{\"total\":" + i + "}";
            project("/customers/" + longest, state);
            Rig.project(view, Rig.event("state", rig.change("/customers/1", longest, state)));
            assertThat(rig.get(LIST + '/' + longest).body()).isEqualTo(state);
            assertThat(rig.get(ONE, "X-Tenant", longest).body()).isEqualTo(state);
            for (String query : List.of("", "?total=" + i, "?sort=-total"))
                assertThat(rig.get(LIST + query, "X-Tenant", longest).body()).isEqualTo('[' + state + ']');
        }
    }

    @Test
    void anItemIsFoundByItsPathHoweverManyHaveItsId() {
        for (int i = 0; i <= 120; i++) project("/orders/" + i + "/lines/1", "{\"order\":" + i + "}");
        assertThat(rig.get(LIST + "/orders/120/lines/1").body()).isEqualTo("{\"order\":120}");
        assertThat(rig.get(ONE).status()).isEqualTo(409);
    }

    @Test
    void aQueryThatNamesAMemberTwiceIsNotHalfAnswered() {
        project("/customers/1", "{\"status\":\"open\"}");
        Rig.Got twice = rig.get(LIST + "?status=open&status=shut");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.body()).contains("status occurs twice in the query");
    }

    @Test
    void aListInPlaceOfAnUpstreamHasOnlyItsItems() {
        for (int i = 0; i < 5; i++)
            for (String source : List.of("/upstreams/default", "/upstreams/shop", "/shop.example")) {
                Item item = new Item(source, "", "/customers/" + i);
                String json = "{\"of\":\"" + source + "\",\"total\":" + i + "}";
                Rig.project(view, Rig.event("state", rig.change(item, json)));
            }
        for (String query : List.of("", "sort=-total&", "status=null&")) {
            List<String> seen = new ArrayList<>();
            for (String next = "/customers?" + query + "limit=2"; !next.isEmpty(); ) {
                Rig.Got page = rig.capturedList("customers", "shop", next);
                Matcher item = Pattern.compile("\\{\"of\":\"([^\"]*)\",\"total\":(\\d)}")
                        .matcher(page.body());
                while (item.find()) seen.add(item.group(1) + item.group(2));
                Matcher link = Pattern.compile("<(.*)>; rel=\"next\"").matcher(page.field("Link"));
                next = link.matches() ? link.group(1) : "";
            }
            assertThat(seen)
                    .as(query)
                    .containsExactlyInAnyOrder(
                            "/upstreams/shop0",
                            "/upstreams/shop1",
                            "/upstreams/shop2",
                            "/upstreams/shop3",
                            "/upstreams/shop4");
        }
        assertThat(rig.capturedList("customers", "crm", "/customers").body()).isEqualTo("[]");
        assertThat(rig.get(LIST).body()).contains("/upstreams/default", "/upstreams/shop", "/shop.example");
    }

    @Test
    void whatAListCannotDoIsToldNotGuessed() {
        project("/customers/1", "{\"status\":null}");
        for (String query : List.of("sort=", "sort=-", "limit=0", "limit=-1", "limit=x", "limit=", "limit=1001"))
            assertThat(rig.get(LIST + '?' + query).status()).as(query).isEqualTo(400);
        assertThat(rig.get(LIST + "?limit=1001").body()).contains("limit must be a whole number from 1 to 1000.");
        assertThat(rig.get(LIST + "?sort=-").body()).contains("sort names no member");
        assertThat(rig.get(LIST + "?limit=1000").body()).isEqualTo("[{\"status\":null}]");
        assertThat(rig.capturedList("customers", "default", "/customers?limit=1001")
                        .status())
                .isEqualTo(Asking.PASSED_ON);
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
                .contains("more than " + Rig.SCAN + " items", "index=", "eventful.view.scan");
        assertThat(rig.get(LIST + "?name=x&limit=3").status()).isEqualTo(200);
        assertThat(rig.get(LIST + "?name=x&status=3").body()).isEqualTo("[{\"status\":\"3\",\"name\":\"x\"}]");
    }

    @Test
    void aScanFindsWhatIsFarApart() throws Exception {
        List<CompletableFuture<?>> projected = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            String name = i % 500 == 7 ? "x" : "y";
            Change change = rig.change("/customers/" + i, "", "{\"name\":\"" + name + "\",\"total\":" + -i + "}");
            projected.add(view.project(Rig.event("state", change)).toCompletableFuture());
        }
        for (CompletableFuture<?> one : projected) one.get(60, TimeUnit.SECONDS);

        View read = rig.views.find("customers").orElseThrow().view();
        Map<String, List<String>> found = new TreeMap<>();
        for (String query : List.of("name=x", "name=x&sort=total", "name=x&sort=-total", "name=x&sort=name&limit=2")) {
            ListQuery asked = ListQuery.parse(
                    query, new ListQuery.Within("", Set.of(""), name -> false, item -> true, ""), Rig.SETTINGS);
            found.put(
                    query,
                    read.store().scan(read.live(), asked, 1100).orElseThrow().stream()
                            .map(row -> row.item().subject().substring("/customers/".length()))
                            .toList());
            assertThat(read.store().scan(read.live(), asked, 1099)).as(query).isEmpty();
        }
        assertThat(found)
                .containsEntry("name=x", List.of("7", "507", "1007"))
                .containsEntry("name=x&sort=total", List.of("1007", "507", "7"))
                .containsEntry("name=x&sort=-total", List.of("7", "507", "1007"))
                .containsEntry("name=x&sort=name&limit=2", List.of("7", "507", "1007"));
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
    void aReadOfAnItemWaitsForItsOwnChangesOnly() {
        project("/customers/1", "{\"id\":1}");
        String position =
                Long.toString(rig.change("/customers/2", "", "{\"id\":2}").position());
        assertThat(rig.get(ONE, "Eventful-Min-Position", position).body()).isEqualTo("{\"id\":1}");
        assertThat(rig.get(LIST + "/2", "Eventful-Min-Position", position).status())
                .isEqualTo(504);
        assertThat(rig.get(LIST, "Eventful-Min-Position", position).status()).isEqualTo(504);
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

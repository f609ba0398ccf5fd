package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.ScopeName;
import io.eventful.event.Item;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a caller may read an item is asked about the item that the view shows, not about one of another scope. */
class ScopedRightsTest {

    private static final String ONE = "/.eventful/views/customers/1";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, TestStores.sqlite(folder));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void customers(String scope) {
        Views.Registration view = rig.views.register(
                "customers",
                ViewOptions.parse(Map.of()),
                new TestSources(change -> true, ScopeName.parse(scope), Sources.Passage.ALL));
        for (String each : new String[] {"", "a", "b"})
            Rig.project(view, Rig.event("state", rig.change("/customers/1", each, "{\"of\":\"" + each + "\"}")));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant,'',a,'',a",
        "tenant,?fields=of&tenant=a,,?tenant=a,a",
        "tenant,?x=1&ten%61nt=a&tenant=a,a,?x=1&tenant=a,a",
        "header:tenant,?tenant=b,a,?tenant=b,a",
        "query:tenant,?tenant=a,b,?tenant=a,b",
    })
    void itCarriesTheScopeOfTheItem(String scope, String query, String field, String asked, String askedField) {
        customers(scope);
        Rig.Got got = field == null ? rig.get(ONE + query) : rig.get(ONE + query, "Tenant", field);
        assertThat(got.body()).isEqualTo("{\"of\":\"a\"}");
        assertThat(rig.upstream.asked())
                .extracting(AskedUpstream.Question::target)
                .containsExactly("/customers/1" + asked);
        assertThat(rig.upstream.asked().getLast().fields().all("tenant")).containsExactly(askedField);
    }

    @Test
    void anItemWithoutAScopeIsAskedForWithoutOne() {
        customers("query:tenant");
        assertThat(rig.get(ONE, "tenant", "b").body()).isEqualTo("{\"of\":\"\"}");
        assertThat(rig.upstream.asked())
                .extracting(AskedUpstream.Question::target)
                .containsExactly("/customers/1");
    }

    @ParameterizedTest
    @CsvSource({"tenant,?tenant=b", "tenant,?tenant=a&tenant=b", "query:tenant,?tenant=a&tenant=b"})
    void severalScopesAreRefusedAndNobodyIsAsked(String scope, String query) {
        customers(scope);
        for (String target : new String[] {ONE, "/.eventful/views/customers"}) {
            Rig.Got got = rig.get(target + query, "tenant", "a");
            assertThat(got.status()).isEqualTo(400);
            assertThat(got.body()).contains("different values for tenant");
        }
        assertThat(rig.upstream.asked()).isEmpty();
    }

    @Test
    void aHeaderThatIsNotPassedOnOpensNothing() {
        customers("header:tenant");
        assertThat(rig.get(ONE, "tenant", "a", "Connection", "tenant").body()).isEqualTo("{\"of\":\"\"}");
        assertThat(rig.upstream.asked().getLast().fields().all("tenant")).isEmpty();
    }

    @Test
    void inPlaceOfTheUpstreamTheQuestionIsTheSame() {
        customers("tenant");
        Item item = new Item(Rig.SOURCE, "a", "/customers/1");
        assertThat(rig.captured("customers", item, "?tenant=a").body()).isEqualTo("{\"of\":\"a\"}");
        assertThat(rig.upstream.asked())
                .extracting(AskedUpstream.Question::target)
                .containsExactly("/customers/1?tenant=a");
        assertThat(rig.upstream.asked().getLast().fields().all("tenant")).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"tenant,tenant", "header:tenant,tenant", "query:tenant,"})
    void onlyHeadersMakeTheAnswerVary(String scope, String vary) {
        customers(scope);
        assertThat(rig.get(ONE).fields().first("Vary")).isEqualTo(Optional.ofNullable(vary));
    }
}

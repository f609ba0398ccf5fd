package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Item;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers learn of items that the upstream does not show them. */
class HiddenItemsTest {

    private static final String VIEW = "/.eventful/views/customers";
    private static final String OF_A = "/tenants/a/customers/1";
    private static final String OF_B = "/tenants/b/customers/1";

    @TempDir
    Path folder;

    private Rig rig;
    private Views.Registration view;

    @BeforeEach
    void open() {
        rig = new Rig(folder, TestStores.sqlite(folder));
        view = rig.view("customers", Map.of("miss", "notfound"));
        // Its end moves the position that the answers tell.
        Awaitility.await()
                .until(() -> rig.views.statuses().stream()
                        .noneMatch(one -> one.state().equals("rebuilding")));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void project(String source, String subject) {
        Item item = new Item(source, "", subject);
        Rig.project(view, Rig.event("state", rig.change(item, "{\"at\":\"" + subject + "\"}")));
    }

    private void project(String subject) {
        project(Rig.SOURCE, subject);
    }

    /** The upstream shows only what is below a path. */
    private void shows(String prefix, int otherwise) {
        rig.upstream.says(question -> question.target().startsWith(prefix) ? 200 : otherwise);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whoMayReadNoneOfSeveralIsNotToldThatThereAreSeveral(int status) {
        project(OF_A);
        project(OF_B);
        shows("/none", status);
        Rig.Got got = rig.get(VIEW + "/1");
        assertThat(got.status()).isEqualTo(status);
        assertThat(got.body()).doesNotContain("tenants", "several");
    }

    @Test
    void whoMayReadOneOfSeveralReadsIt() {
        project(OF_A);
        project(OF_B);
        for (String tenant : new String[] {OF_A, OF_B}) {
            shows(tenant, 403);
            Rig.Got got = rig.get(VIEW + "/1", "Authorization", "Bearer " + tenant);
            assertThat(got.body()).isEqualTo("{\"at\":\"" + tenant + "\"}");
        }
    }

    @Test
    void ofSeveralOnlyThoseAreNamedThatTheCallerMayRead() {
        project(OF_A);
        project(OF_B);
        project("/tenants/b/archive/1");
        shows("/tenants/b", 404);
        Rig.Got got = rig.get(VIEW + "/1");
        assertThat(got.status()).isEqualTo(409);
        assertThat(got.body()).contains(VIEW + OF_B).doesNotContain("tenants/a");
    }

    @Test
    void sourcesThatTheCallerMayNotReadAreNotNamed() {
        project(OF_A);
        project("/stranger", OF_A);
        assertThat(rig.get(VIEW + OF_A).body()).isEqualTo("{\"at\":\"" + OF_A + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"404, 401, 401", "403, 401, 401", "404, 403, 403", "404, 404, 404", "503, 200, 503", "503, 404, 503"})
    void ofSeveralAnswersTheOneThatHelpsTheCallerCounts(int ofA, int ofB, int status) {
        project(OF_A);
        project(OF_B);
        rig.upstream.says(question -> question.target().equals(OF_A) ? ofA : ofB);
        assertThat(rig.get(VIEW + "/1").status()).isEqualTo(status);
    }

    @Test
    void itIsNotAskedOfAnyNumberOfItems() {
        for (int i = 0; i <= ItemChoice.ASKED; i++) project("/tenants/" + i + "/customers/1");
        shows("/tenants/3", 403);
        Rig.Got got = rig.get(VIEW + "/1");
        assertThat(got.status()).isEqualTo(409);
        assertThat(got.body()).contains("full path").doesNotContain("tenants");
        assertThat(rig.upstream.asked()).isEmpty();
        assertThat(rig.get(VIEW + "/tenants/3/customers/1").status()).isEqualTo(200);
    }

    @Test
    void whatIsHiddenIsAnsweredLikeWhatDoesNotExist() {
        project("/customers/1");
        shows("/none", 404);
        for (String[] wait : new String[][] {{}, {"Eventful-Min-Position", "1"}}) {
            Rig.Got hidden = rig.get(VIEW + "/1", wait);
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden).isEqualTo(rig.get(VIEW + "/2", wait));
            assertThat(rig.get(VIEW + "/customers/1", wait)).isEqualTo(hidden);
        }
        Rig.Got read = rig.captured("customers", "/customers/1");
        assertThat(read.status()).isEqualTo(404);
        assertThat(read).isEqualTo(rig.captured("customers", "/customers/2"));
    }

    @Test
    void whatWasDeletedIsAnsweredLikeWhatNeverWas() {
        project("/customers/1");
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "", null)));
        project("/customers/3");
        shows("/none", 404);
        assertThat(rig.get(VIEW + "/1")).isEqualTo(rig.get(VIEW + "/2"));
    }
}

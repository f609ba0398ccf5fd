package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream is asked to find out whether a caller may read an item, and what its answer means. */
class RightsQuestionTest {

    private static final String ONE = "/.eventful/views/customers/1";
    private static final String FOR = "X-Forwarded-For";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, TestStores.sqlite(folder));
        Views.Registration view = rig.view("customers", Map.of());
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "", "{\"id\":1}")));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void itTellsWhereTheCallerIsAndNotWhereTheCallerSaysThatHeIs() {
        rig.upstream.says(question -> question.field(FOR).equals("192.0.2.1") ? 200 : 403);
        rig.remote = "192.0.2.9";
        assertThat(rig.get(ONE, FOR, "192.0.2.1").status()).isEqualTo(403);
        assertThat(rig.get(ONE).status()).isEqualTo(403);
        rig.remote = "192.0.2.1";
        assertThat(rig.get(ONE).status())
                .as("of another address, so asked again")
                .isEqualTo(200);
        assertThat(rig.get(ONE, FOR, "192.0.2.9").status()).isEqualTo(200);
        rig.remote = "192.0.2.9";
        assertThat(rig.get(ONE).status()).isEqualTo(403);
        assertThat(rig.upstream.asked()).hasSize(2);
    }

    /** For which a page is no answer: whoever asks for one would open the item, or close it, for all others. */
    @Test
    void itAsksForJsonWhateverTheCallerTakes() {
        rig.upstream.replies(question -> question.field("Accept").contains("html")
                ? AskedUpstream.reply(200, "text/html", "<html>")
                : AskedUpstream.reply(404, "application/json", "{}"));
        for (String accept : new String[] {"text/html, application/json;q=0.5", "text/html,*/*;q=0.8", "*/*"})
            assertThat(rig.get(ONE, "Accept", accept).status()).as(accept).isEqualTo(404);
        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.upstream.asked())
                .singleElement()
                .satisfies(question -> assertThat(question.field("Accept")).isEqualTo("application/json"));
    }

    @Test
    void ofTheCallersCodingsItTakesNone() {
        rig.get(ONE, "Accept-Encoding", "br");
        assertThat(rig.upstream.asked().getFirst().field("Accept-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json, {}",
        "200, application/vnd.shop.customer+json;v=1, {}",
        "200, application/json; charset=utf-8, [",
        "200, '', '{\"id\":1}'",
        "200, '', ''",
        "204, '', ''"
    })
    void whoGetsADocumentOrNoBodyMayReadIt(int status, String type, String body) {
        rig.upstream.replies(question -> AskedUpstream.reply(status, type, body));
        assertThat(rig.get(ONE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html>",
        "200, text/plain, {}",
        "200, application/problem+json, {}",
        "200, text/html, ''",
        "200, '', <html>",
        "302, application/json, {}"
    })
    void whoGetsSomethingElseMayNot(int status, String type, String body) {
        rig.upstream.replies(question -> AskedUpstream.reply(status, type, body));
        assertThat(rig.get(ONE).status()).isEqualTo(403);
    }

    /** It says nothing about the caller. */
    @ParameterizedTest
    @ValueSource(ints = {200, 406})
    void thatThereIsNoDocumentIsNotKept(int status) {
        rig.upstream.replies(question -> AskedUpstream.reply(status, "text/html", "<html>"));
        assertThat(rig.get(ONE).status()).isEqualTo(403);
        rig.upstream.says(question -> 200);
        assertThat(rig.get(ONE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent", "Accept-Language", "X-Api-Key"})
    void callersOfOtherFieldsAreAskedFor(String name) {
        rig.upstream.says(question -> question.field(name).equals("a") ? 200 : 403);
        assertThat(rig.get(ONE, name, "a").status()).isEqualTo(200);
        assertThat(rig.get(ONE, name, "b").status()).isEqualTo(403);
        assertThat(rig.get(ONE, name, "a").status()).isEqualTo(200);
        assertThat(rig.upstream.asked()).hasSize(2);
    }
}

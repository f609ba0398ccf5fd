package io.eventful.ledger;

import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import io.eventful.event.PatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;

/** The state at every revision is the fold of the patches up to it, and the inverses lead all the way back. */
class LedgerPropertyTest {

    private static Path folder;
    private static TestLedgers ledgers;
    private static int items;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("ledger");
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
    }

    @AfterContainer
    static void close() throws Exception {
        ledgers.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Provide
    Arbitrary<List<Image>> histories() {
        Arbitrary<String> scalars = Arbitraries.of("null", "true", "1", "1.0", "1.10", "1e5", "-0", "\"\"", "\"é~/\"");
        Arbitrary<String> names = Arbitraries.of("a", "b", "~", "/", "a/b", "", "é");
        Arbitrary<String> documents = Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner,
                        inner.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]"),
                        Arbitraries.maps(names, inner)
                                .ofMaxSize(4)
                                .map(map -> map.entrySet().stream()
                                        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                                        .collect(Collectors.joining(",", "{", "}")))),
                0,
                3);
        Arbitrary<Image> images = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, documents.map(text -> new Image.Known(Json.parse(text)))),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Image.Absent())));
        return images.list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 150)
    void theStateAtEveryRevisionIsTheFoldOfThePatches(@ForAll("histories") List<Image> states) throws PatchException {
        Item item = item("/things/" + ++items);
        Image before = new Image.Absent();
        for (Image after : states) {
            Optional<Change> change = ledgers.ledger()
                    .append(draft(item, "updated", before), applied(item, "updated", before, after))
                    .join();
            if (change.isPresent()) before = after;
        }
        JsonNode state = NullNode.instance;
        Optional<Change> latest = ledgers.ledger().latest(item);
        long last = latest.map(Change::revision).orElse(0L);
        for (long revision = 1; revision <= last; revision++) {
            Change change = ledgers.history().revision(item, revision).orElseThrow();
            assertThat(Json.same(document(change.before()), state)).isTrue();
            state = JsonPatch.apply(change.patch(), state);
            assertThat(Json.canonical(state)).isEqualTo(Json.canonical(document(change.after())));
        }
        for (long revision = last; revision >= 1; revision--) {
            Change change = ledgers.history().revision(item, revision).orElseThrow();
            state = JsonPatch.apply(change.inverse(), state);
            assertThat(Json.canonical(state)).isEqualTo(Json.canonical(document(change.before())));
        }
        assertThat(state.isNull()).isTrue();
    }

    private static JsonNode document(Image image) {
        return image instanceof Image.Known known ? known.json() : NullNode.instance;
    }
}

package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Export and import, whatever database holds the ledger. */
abstract class ExportContract extends ChangedExportContract {

    private Change unknown(Item item) {
        Image before = known("{\"n\":3}");
        return ledger.append(
                        draft(item, "updated", before),
                        applied(
                                Change.Outcome.UNKNOWN,
                                item,
                                "updated",
                                before,
                                new Image.Unknown("timeout"),
                                "timeout"))
                .join()
                .orElseThrow();
    }

    @Test
    void anExportMakesTheSameLedgerAgain() throws Exception {
        fill();
        ledger.relayed().advance("customers", 2).join();
        trim(age(Duration.ofMinutes(1)));
        List<Change> kept = ledger.find(0, 100, null, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new Export(database, changes).write(out)).isEqualTo(kept.size());
        Path file = Files.write(files.resolve("ledger.jsonl"), out.toByteArray());

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            assertThat(new Import(copy).read(file)).isEqualTo(kept.size());

            Changes copied = new Changes(copy);
            assertThat(copied.find(0, 100, null, null).stream().map(ChangeJson::tree))
                    .containsExactlyElementsOf(
                            kept.stream().map(ChangeJson::tree).toList());
            assertThat(new Verification(copy, copied).run()).isEqualTo(new LedgerReport(kept.size(), 0, List.of()));
            assertThatThrownBy(() -> new Import(copy).read(file))
                    .hasMessageContainingAll("contains changes", "--data", "eventful.store.url");
        }
    }

    @Test
    void anExportSaysWhichImagesAreRedacted() throws Exception {
        Image redacted = known("{\"n\":1}").redacted();
        append(ADA, "created", ABSENT, redacted);
        append(ADA, "updated", redacted, known("{\"n\":2}"));
        String text = exported(database);
        assertThat(imported(text)).isEqualTo(text);
        assertThat(text)
                .contains(
                        "\"before\":{\"status\":\"known\",\"redacted\":true},\"after\":{\"status\":\"known\"}",
                        "\"before\":{\"status\":\"absent\"},\"after\":{\"status\":\"known\",\"redacted\":true}");
    }

    @Test
    void aChangeThatTheDatabaseDoesNotTakeIsNamed() throws Exception {
        fill();
        Path file = Files.writeString(files.resolve("ledger.jsonl"), exported(database));
        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            copy.writeAndWait(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("ALTER TABLE change RENAME COLUMN resource TO renamed");
                }
            });
            assertThatThrownBy(() -> new Import(copy).read(file))
                    .isInstanceOf(LedgerFileException.class)
                    .hasMessageContainingAll("nothing was imported", "position 1 of /customers/", "resource");
        }
    }

    @Test
    void whatOperatorsResolvedIsPartOfAnExport() throws Exception {
        fill();
        Change resolved = unknown(ADA);
        ledger.resolve(new Resolution(resolved, Resolution.Finding.REFUTED, null, null))
                .join();
        Change open = unknown(ADA);
        append(EVE, "updated", known("{\"e\":\"what nobody told\"}"), known("{\"e\":2}"));
        String text = exported(database);
        Path file = Files.writeString(files.resolve("ledger.jsonl"), text);

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            new Import(copy).read(file);
            assertThat(new Changes(copy).unresolved(0, 10, null, null))
                    .extracting(Change::position)
                    .containsExactly(open.position());
            assertThat(exported(copy)).isEqualTo(text);
        }
    }

    @Test
    void aLedgerOfManyPagesGoesOnWhereItsExportEnds() throws Exception {
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int n = 1; n <= 600; n++) {
            Item item = item("/orders/" + n % 7);
            appended.add(ledger.append(
                    draft(item, "updated", ABSENT),
                    applied(item, "updated", known("{\"n\":" + n + "}"), known("{\"n\":" + (n + 7) + "}"))));
        }
        appended.forEach(CompletableFuture::join);
        String text = exported(database);
        Path file = Files.writeString(files.resolve("ledger.jsonl"), text);

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            assertThat(new Import(copy).read(file)).isEqualTo(600);
            assertThat(exported(copy)).isEqualTo(text);
            assertThat(new Verification(copy, new Changes(copy)).run()).isEqualTo(new LedgerReport(600, 0, List.of()));
            try (Advances copied = new Advances(copy)) {
                Ledger next = new JdbcLedger(copy, new Changes(copy), new JdbcRelayed(copy, copied), clock);
                assertThat(next.head()).isEqualTo(600);
                Change last = next.latest(item("/orders/5")).orElseThrow();
                Change change = next.append(
                                draft(last.item(), "updated", last.after()),
                                applied(last.item(), "updated", last.after(), known("{\"n\":0}")))
                        .join()
                        .orElseThrow();
                assertThat(change.position()).isEqualTo(601);
                assertThat(change.revision()).isEqualTo(last.revision() + 1);
                append(last.item(), "updated", last.after(), known("{\"n\":0}"));
                assertThat(new Trimming(copy).size())
                        .as("images are kept once there too")
                        .isEqualTo(new Trimming(database).size());
            }
        }
    }

    @Test
    void anExportIsTakenIntoAnEmptyLedgerOnly() throws Exception {
        Path file = Files.writeString(files.resolve("ledger.jsonl"), exported(database));
        assertThat(new Import(database).read(file)).isZero();
        ledger.open(draft(ADA, "updated", ABSENT)).join();
        assertThatThrownBy(() -> new Import(database).read(file)).hasMessageContaining("open calls");
    }

    @Test
    void whatAnExportsEndSaysIsCompared() throws Exception {
        fill();
        String text = exported(database);
        Path more = Files.writeString(files.resolve("more"), text.replace("\"changes\":\"5\"", "\"changes\":\"6\""));
        Path resolved = Files.writeString(
                files.resolve("resolved"), text.replace("\"resolutions\":\"0\"", "\"resolutions\":\"1\""));
        Path strange = Files.writeString(files.resolve("strange"), text.replaceFirst("\n", "\n{\"chance\":{}}\n"));

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Import reading = new Import(((Databases) other).open("ledger"));
            assertThatThrownBy(() -> reading.read(more)).hasMessageContaining("its end says changes 6, but it has 5");
            assertThatThrownBy(() -> reading.read(resolved)).hasMessageContaining("its end says resolutions 1");
            assertThatThrownBy(() -> reading.read(strange)).hasMessageContaining("strange:2: ");
        }
    }
}

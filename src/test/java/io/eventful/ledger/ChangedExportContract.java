package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** Exports that are not as they were written: nothing is taken from them, whatever database holds the ledger. */
abstract class ChangedExportContract extends LedgerFilesFixture {

    static String exported(Database from) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Export(from, new Changes(from)).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    String imported(String text) throws Exception {
        Path file = Files.writeString(files.resolve("ledger.jsonl"), text);
        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            new Import(copy).read(file);
            return exported(copy);
        }
    }

    @Test
    void aDamagedExportIsRefusedBeforeAnythingIsWritten() throws Exception {
        fill();
        String text = exported(database);
        Path changed = Files.writeString(files.resolve("changed"), text.replace("1.10", "1.11"));
        Path cut = Files.writeString(files.resolve("cut"), text.substring(0, text.lastIndexOf("{\"end\"")));
        Path foreign = Files.writeString(files.resolve("foreign"), "{\"a\":1}\n");

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            Import reading = new Import(copy);
            assertThatThrownBy(() -> reading.read(changed)).hasMessageContaining("its end says digest");
            assertThatThrownBy(() -> reading.read(cut)).hasMessageContaining("is truncated");
            assertThatThrownBy(() -> reading.read(foreign)).hasMessageContaining("foreign:1: ");
            assertThat(new Changes(copy).find(0, 10, null, null)).isEmpty();
        }
    }

    /** Lines that somebody has changed, with an end that fits. */
    private static List<String> sealed(List<String> lines) {
        List<String> sealed = new ArrayList<>(lines);
        byte[] body = (String.join("\n", lines.subList(0, lines.size() - 1)) + "\n").getBytes(StandardCharsets.UTF_8);
        sealed.add(sealed.removeLast().replaceAll("sha-256:[0-9a-f]+", "sha-256:" + DigestUtils.sha256Hex(body)));
        return sealed;
    }

    @Test
    void moreAfterTheEndIsRefused() throws Exception {
        fill();
        String text = exported(database);
        for (String more : new String[] {text, "hello this is not json\n", "{\"change\":{}}", "\n"})
            assertThatThrownBy(() -> imported(text + more))
                    .isInstanceOf(LedgerFileException.class)
                    .hasMessageContaining("ledger.jsonl:8: there is more after the end line");
        assertThat(imported(text)).isEqualTo(text);
    }

    @Test
    void positionsAndRevisionsBeginWithOne() throws Exception {
        fill();
        String text = exported(database);
        for (String changed : new String[] {
            text.replace("\"position\":3", "\"position\":0"),
            text.replace("\"position\":1", "\"position\":-5"),
            text.replaceFirst("\"revision\":1", "\"revision\":0")
        })
            assertThatThrownBy(() ->
                            imported(String.join("\n", sealed(changed.lines().toList())) + "\n"))
                    .isInstanceOf(LedgerFileException.class)
                    .hasMessageContaining("must be 1 or more");
    }

    /** An import that is stopped, as by a full disk or a kill, must not leave a part that looks like a ledger. */
    @Test
    void anImportThatFailsLateLeavesNothing() throws Exception {
        for (int n = 1; n <= 600; n++)
            append(ADA, n == 1 ? "created" : "updated", n == 1 ? ABSENT : known("" + n), known("" + (n + 1)));
        List<String> lines = new ArrayList<>(exported(database).lines().toList());
        Path whole = Files.write(files.resolve("whole"), lines);
        lines.remove(598);
        lines.add(lines.removeLast().replace("600", "599"));
        Path gap = Files.write(files.resolve("gap"), sealed(lines));

        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            assertThatThrownBy(() -> new Import(copy).read(gap))
                    .isInstanceOf(LedgerFileException.class)
                    .hasMessageContaining("revision 599 of /customers/42 follows 597");
            assertThat(new Changes(copy).find(0, 10, null, null)).isEmpty();
            assertThat(new Import(copy).read(whole)).isEqualTo(600);
        }
    }
}

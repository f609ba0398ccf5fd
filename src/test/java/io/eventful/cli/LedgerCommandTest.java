package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.eventful.ledger.TestLedgers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files that cannot be written or read are told by the name that was given. */
class LedgerCommandTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();

    @TempDir
    private Path folder;

    private Path data;
    private Path files;

    private record Ran(int exit, String out, String err) {}

    private Ran run(String command, Path file, Path ledger) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "ledger",
                        command,
                        file.toString(),
                        "--data",
                        ledger.toString(),
                        "--config",
                        folder.resolve("application.yaml").toString());
        return new Ran(exit, out.toString(), err.toString());
    }

    @BeforeEach
    void ledger() throws Exception {
        data = folder.resolve("data");
        files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(folder.resolve("application.yaml"), "eventful: {}\n");
        Files.createDirectory(data);
        TestLedgers.sqlite(data, Clock.systemUTC()).close();
    }

    /** The command turns it off. */
    @AfterEach
    void log() {
        root.setLevel(level);
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.toList().stream();
        }
    }

    @Test
    void anExportIsNamedWhenItIsThere() throws Exception {
        Path file = files.resolve("x.jsonl");
        assertThat(run("export", file, data)).isEqualTo(new Ran(0, "exported 0 changes to " + file + "\n", ""));
        assertThat(files()).containsExactly(file);
        assertThat(run("import", file, folder.resolve("new")).out()).contains("imported 0 changes", "no errors");
    }

    @Test
    void anExportThatHasNoRoomLeavesNothing() throws Exception {
        Path file = files.resolve("x.jsonl");
        // What is written there finds the disk full.
        Files.createSymbolicLink(files.resolve("x.jsonl.part"), Path.of("/dev/full"));
        Ran ran = run("export", file, data);
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(ran.err())
                .startsWith("eventful: " + file + " cannot be written: ")
                .doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void anExportIntoNoFolderIsTold() {
        Path file = files.resolve("none/x.jsonl");
        assertThat(run("export", file, data).err())
                .isEqualTo("eventful: " + file + " cannot be written: the file or folder does not exist\n");
    }

    @Test
    void aFolderIsNoExport() {
        Ran ran = run("import", files, folder.resolve("new"));
        assertThat(ran).isEqualTo(new Ran(1, "", "eventful: " + files + " is not a file that can be read\n"));
        assertThat(folder.resolve("new")).doesNotExist();
    }
}

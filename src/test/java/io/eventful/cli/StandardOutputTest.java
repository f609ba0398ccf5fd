package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command whose output is lost has not succeeded, unless nobody wanted the rest of it. */
class StandardOutputTest {

    @TempDir
    private Path folder;

    private record Ran(int exit, String err) {}

    private static Ran run(OutputStream out, String... arguments) {
        StringWriter err = new StringWriter();
        int exit = Main.commandLine(new StandardOutput(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exit, err.toString());
    }

    private static OutputStream full() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    private static OutputStream closedPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        return Channels.newOutputStream(pipe.sink());
    }

    @Test
    void whatCannotBeWrittenIsToldInOneLine() {
        Ran ran = run(full(), "changes", "--help");
        assertThat(ran.err())
                .isEqualTo(
                        "eventful: the output could not be written: No space left on device" + System.lineSeparator());
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
    }

    @Test
    void aFullDeviceIsTold() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (OutputStream out = new FileOutputStream(full.toFile())) {
            Ran ran = run(out, "--version");
            assertThat(ran.err()).startsWith("eventful: the output could not be written");
            assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
        }
    }

    @Test
    void whoReadsNoMoreIsNotTold() throws IOException {
        assertThat(run(closedPipe(), "--version")).isEqualTo(new Ran(0, ""));
    }

    @Test
    void aFailedCommandKeepsItsExitCode() throws IOException {
        Path test = Files.writeString(folder.resolve("x.test.yaml"), "cases: [");
        Ran ran = run(full(), "test", test.toString());
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.USAGE);
        Path faulty = Files.writeString(folder.resolve("faulty.yaml"), "- route: [");
        assertThat(run(closedPipe(), "lint", faulty.toString()).exit()).isEqualTo(CommandErrorHandler.FAILED);
        Ran told = run(full(), "lint", faulty.toString());
        assertThat(told.exit()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(told.err()).startsWith("eventful: the output could not be written");
    }

    @Test
    void whatCanBeWrittenIsWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(out, "--version")).isEqualTo(new Ran(0, ""));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("eventful");
    }
}

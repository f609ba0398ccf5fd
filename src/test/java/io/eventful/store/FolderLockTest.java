package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    /** Runs in a second process: takes the folder, says so, and holds it until it is killed or its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
                System.out.println("taken " + lock.folder().path());
                System.in.read();
            } catch (DataFolderException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }

    private Process holder() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void theFolderIsMadeWhenItIsMissing() throws Exception {
        try (FolderLock lock = FolderLock.take(folder.resolve("a/b"))) {
            assertThat(lock.folder().path()).isDirectory().isAbsolute();
        }
    }

    /** Every user of the machine could read the databases otherwise. */
    @Test
    void aNewFolderIsOnlyForItsUserAndAnExistingOneStaysAsItIs() throws Exception {
        Path existing = Files.createDirectory(folder.resolve("existing"));
        Files.setPosixFilePermissions(existing, PosixFilePermissions.fromString("rwxr-x---"));
        FolderLock.take(existing).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(existing)))
                .isEqualTo("rwxr-x---");
        Path fresh = folder.resolve("above/new");
        FolderLock.take(fresh).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhoHoldsTheFolder() throws Exception {
        try (FolderLock lock = FolderLock.take(folder)) {
            Process second = holder();
            String said = second.inputReader().readLine();
            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(said)
                    .contains(folder.toString())
                    .contains("process " + ProcessHandle.current().pid() + " (started ")
                    .contains("eventful.data");
        }
    }

    @Test
    void aRefusalInTheSameProcessDoesNotLoosenTheLock() throws Exception {
        try (FolderLock lock = FolderLock.take(folder)) {
            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            Process second = holder();
            assertThat(second.inputReader().readLine()).contains("is in use by");
            second.waitFor(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aKilledHolderLeavesTheFolderFree() throws Exception {
        Process first = holder();
        assertThat(first.inputReader().readLine()).startsWith("taken");
        assertThatThrownBy(() -> FolderLock.take(folder)).hasMessageContaining("process " + first.pid());
        first.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        FolderLock.take(folder).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithARemedy() throws Exception {
        File file = Files.createFile(folder.resolve("file")).toFile();
        assertThatThrownBy(() -> FolderLock.take(file.toPath().resolve("data")))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining(file.getPath())
                .hasMessageContaining("eventful.data");
    }
}

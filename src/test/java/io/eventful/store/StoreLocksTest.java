package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Gateways with data folders of their own, whose settings lead to the same SQLite file. */
class StoreLocksTest {

    private static final String SAYS = "holder: ";

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StoreSettings.class)
    static class Settings {}

    /** The stores of a gateway, with its settings as they are configured. */
    private ApplicationContextRunner gateway(String data, String... settings) {
        return new ApplicationContextRunner()
                .withUserConfiguration(StoreConfiguration.class, Settings.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("eventful.data=" + folder.resolve(data))
                .withPropertyValues(settings);
    }

    private String url(String file) {
        return "eventful.store.url=jdbc:sqlite:" + folder.resolve(file);
    }

    /** Runs in a second process: opens a database offline, says so, and holds it until it is killed or its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (OfflineStores stores = OfflineStores.take(
                    Path.of(arguments[0]), new StoreSettings(arguments[1], null, null, 100, 100, 1))) {
                stores.databases().open("contract");
                System.out.println(SAYS + "opened");
                System.in.read();
            } catch (DataFolderException e) {
                System.out.println(SAYS + e.getMessage());
            }
        }
    }

    private Process holder(String data, String file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve(data).toString(),
                        "jdbc:sqlite:" + folder.resolve(file))
                .start();
    }

    private static String said(Process holder) {
        return holder.inputReader()
                .lines()
                .filter(line -> line.startsWith(SAYS))
                .findFirst()
                .orElseThrow()
                .substring(SAYS.length());
    }

    private void refuses(ApplicationContextRunner gateway, String file, long holder) {
        gateway.run(context -> assertThatThrownBy(
                        () -> context.getBean(Databases.class).open("contract"))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContainingAll(
                        folder.resolve(file).toString(),
                        "is in use by process " + holder + " (started ",
                        "stop that process",
                        "eventful.store.url"));
    }

    @Test
    void aDatabaseInAnotherGatewaysFolderIsRefusedInBothOrders() {
        long self = ProcessHandle.current().pid();
        gateway("a").run(first -> {
            first.getBean(Databases.class).open("contract");
            refuses(gateway("b", url("a/eventful.db")), "a/eventful-contract.db", self);
        });
        gateway("b", url("a/eventful.db")).run(first -> {
            first.getBean(Databases.class).open("contract");
            refuses(gateway("a"), "a/eventful-contract.db", self);
        });
        gateway("a").run(alone -> alone.getBean(Databases.class).open("contract"));
    }

    @Test
    void gatewaysMayKeepDifferentFilesInOneFolder() {
        gateway("a", url("first.db")).run(first -> {
            first.getBean(Databases.class).open("contract");
            gateway("b", url("second.db"))
                    .run(second -> second.getBean(Databases.class).open("contract"));
        });
    }

    @Test
    void linksToAFileAreTheSameFile() throws Exception {
        Files.createDirectories(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("folder"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link-contract.db"), Path.of("real/new.db"));
        Files.createSymbolicLink(folder.resolve("deep-contract.db"), folder.resolve("link-contract.db"));
        Files.createSymbolicLink(folder.resolve("real/other-contract.db"), Path.of("new.db"));
        long self = ProcessHandle.current().pid();
        gateway("a", url("deep.db")).run(first -> {
            // Of a link to nothing, SQLite makes the file that it leads to.
            first.getBean(Databases.class).open("contract");
            assertThat(folder.resolve("real/new.db")).exists();
            refuses(gateway("b", url("link.db")), "real/new.db", self);
            refuses(gateway("c", url("folder/other.db")), "real/new.db", self);
        });
    }

    @Test
    void toolsAreRefusedToo() throws Exception {
        gateway("a", url("elsewhere.db")).run(first -> {
            first.getBean(Databases.class).open("contract");
            Process tool = holder("b", "elsewhere.db");
            assertThat(said(tool))
                    .contains(folder.resolve("elsewhere-contract.db").toString())
                    .contains("is in use by process " + ProcessHandle.current().pid());
            assertThat(tool.waitFor(20, SECONDS)).isTrue();
        });
    }

    @Test
    void aKilledHolderLeavesTheFileFree() throws Exception {
        Process tool = holder("a", "elsewhere.db");
        assertThat(said(tool)).isEqualTo("opened");
        refuses(gateway("b", url("elsewhere.db")), "elsewhere-contract.db", tool.pid());
        tool.destroyForcibly().waitFor(20, SECONDS);
        gateway("b", url("elsewhere.db"))
                .run(next -> next.getBean(Databases.class).open("contract"));
    }

    @Test
    void aFileWhoseFolderIsMissingIsNamed() {
        gateway("a", url("missing/eventful.db"))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Databases.class).open("contract"))
                        .isInstanceOf(DataFolderException.class)
                        .hasMessageContainingAll(
                                folder.resolve("missing/eventful-contract.db").toString(), "eventful.store.url"));
    }
}

package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.system.DiskSpaceHealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockServletContext;

class StoreConfigurationTest {

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StoreSettings.class)
    static class Settings {}

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(StoreConfiguration.class, Settings.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("eventful.data=" + folder.resolve("data"));
    }

    @Test
    void theDataFolderHoldsTheDatabasesAndIsFreeAfterwards() {
        for (int i = 0; i < 2; i++) {
            runner().run(context -> {
                assertThat(context.getBean(DataFolder.class).path()).isEqualTo(folder.resolve("data"));
                context.getBean(Databases.class).open("contract");
                assertThat(folder.resolve("data/eventful-contract.db")).exists();
            });
        }
    }

    @Test
    void theDiskOfDatabasesElsewhereIsWatchedToo() {
        runner().run(context -> assertThat(context).doesNotHaveBean(DiskSpaceHealthIndicator.class));
        runner().withPropertyValues("eventful.store.url=jdbc:sqlite:" + folder + "/elsewhere.db")
                .run(context -> assertThat(context.getBean(DiskSpaceHealthIndicator.class)
                                .health()
                                .getDetails())
                        .containsEntry("path", folder.toString()));
        runner().withPropertyValues("eventful.store.url=jdbc:postgresql://h/db")
                .run(context -> assertThat(context).doesNotHaveBean(DiskSpaceHealthIndicator.class));
    }

    /** Tomcat refuses paths that lead out of its own folder; such as a data folder beside the current one. */
    @Test
    void theDataFolderIsNoResourceOfTheWebServer() {
        new WebApplicationContextRunner(() -> {
                    var context = new AnnotationConfigServletWebApplicationContext();
                    context.setServletContext(new Refusing());
                    return context;
                })
                .withUserConfiguration(StoreConfiguration.class, Settings.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("eventful.data=../"
                        + Path.of("").toAbsolutePath().getParent().relativize(folder))
                .run(context ->
                        assertThat(context.getBean(DataFolder.class).path()).isEqualTo(folder));
    }

    private static final class Refusing extends MockServletContext {
        @Override
        public URL getResource(String path) {
            throw new IllegalArgumentException("The resource path [" + path + "] is not valid");
        }
    }

    @Test
    void aFolderThatIsHeldStopsTheStart() throws Exception {
        try (FolderLock lock = FolderLock.take(folder.resolve("data"))) {
            runner().run(context -> assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContaining(lock.folder().path().toString()));
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamedWithTheReason() {
        runner().withPropertyValues("eventful.store.url=jdbc:postgresql://no-such-host.invalid:5432/events")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Databases.class).open("ledger"))
                        .hasMessageContainingAll(
                                "store ledger at jdbc:postgresql://no-such-host.invalid:5432/events",
                                "cannot be connected to (check eventful.store.url",
                                "UnknownHostException"));
    }

    @Test
    void wrongSettingsAreNamedByTheirPath() {
        for (String wrong :
                new String[] {"url=jdbc:h2:mem:x", "queue=0", "group=0", "readers=0", "url=jdbc:sqlite::memory:"})
            runner().withPropertyValues("eventful.store." + wrong)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("eventful.store." + wrong.substring(0, wrong.indexOf('='))));
    }

    @Test
    void aPasswordIsNeverPrinted() {
        StoreSettings settings =
                new StoreSettings("jdbc:postgresql://h/db?user=u&password=hush", "u", "hush", 10, 10, 1);
        assertThat(settings.toString()).doesNotContain("hush");
        DataFolder unused = new DataFolder(folder);
        assertThatThrownBy(() -> new JdbcDatabases(
                                new StoreSettings(
                                        "jdbc:postgresql://127.0.0.1:1/db?password=hush", "u", "hush", 1, 1, 1),
                                unused)
                        .open("contract"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageNotContaining("hush");
    }
}

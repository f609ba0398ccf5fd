package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventful.event.Change;
import io.eventful.store.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ViewMonitorTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ViewMonitor.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void end() {
        logger.detachAppender(lines);
    }

    @Test
    void aViewBehindItsBoundIsToldOnceAndThatItHasCaughtUpOnce() throws Exception {
        try (Rig rig = new Rig(folder, TestStores.sqlite(folder))) {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            ViewMonitor monitor = new ViewMonitor(rig.views, meters);
            Views.Registration view = rig.view("customers", Map.of("maxLag", "100ms"));
            // Its first filling would take up what is in the ledger by then.
            await().until(() -> !rig.views.busy());
            monitor.look();
            assertThat(told()).isEmpty();

            Change change = rig.change("/customers/1", "", "{\"id\":1}");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                monitor.look();
                return !told().isEmpty();
            });
            monitor.look();
            assertThat(told()).singleElement().asString().startsWith("view.behind view=customers position=0");
            assertThat(meters.get("eventful.view.lag").gauge().value()).isGreaterThan(0.1);
            assertThat(monitor.health().getStatus().getCode()).isEqualTo("UP");
            assertThat(monitor.health().getDetails().get("customers"))
                    .asString()
                    .startsWith("behind ");

            Rig.project(view, Rig.event("state", change));
            monitor.look();
            monitor.look();
            assertThat(told()).hasSize(2).last().asString().startsWith("view.caught-up view=customers");
            assertThat(meters.get("eventful.view.lag").gauge().value()).isZero();
        }
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BrokerThreadTest {

    @Test
    void workThatFailsIsLoggedAndDoesNotEndWhatIsRepeated() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(BrokerThread.class);
        log.addAppender(lines);
        BrokerThread thread = new BrokerThread("test");
        AtomicInteger turns = new AtomicInteger();
        try {
            thread.every(Duration.ofMillis(50), () -> {
                throw new NoSuchMethodError("turn " + turns.incrementAndGet());
            });
            await().until(() -> turns.get() > 2);
            thread.execute(() -> {
                throw new IllegalStateException("once");
            });
            thread.await(() -> {});
        } finally {
            thread.end(() -> {});
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(line -> line.getThrowableProxy().getMessage())
                .contains("turn 1", "turn 2", "once");
    }
}

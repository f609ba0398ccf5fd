package io.eventful;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Ids, types and messages that others wrote are in the log, and must not look like entries of it. */
class LogLayoutTest {

    private static final String FORGED = "2026-12-01T00:00:00.000Z ERROR Forged entry";

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/resources/logback-spring.xml", "bench/logging/logback.xml"})
    void anEntryIsOneLineWhateverItsValuesAre(String file) throws JoranException {
        String text = entry(
                file, null, "channel.event-failed event={} type={}", "1\n" + FORGED, "a\r\n\u0085\u2028b\u001b[31m");
        assertThat(text.stripTrailing())
                .contains("channel.event-failed event=1 " + FORGED + " type=a b [31m")
                .doesNotContainPattern("\\p{Cc}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/resources/logback-spring.xml", "bench/logging/logback.xml"})
    void theLinesOfAStackTraceAreThoseOfTheTrace(String file) throws JoranException {
        Exception cause = new IllegalArgumentException("inner\r\n" + FORGED + "\u001b[31m");
        Exception failure = new IllegalStateException("outer\n" + FORGED, cause);
        failure.addSuppressed(new IllegalStateException("beside\n" + FORGED));
        assertThat(entry(file, failure, "broker.work-failed thread={}", "t").lines())
                .anySatisfy(line -> assertThat(line).endsWith("broker.work-failed thread=t"))
                .contains(
                        "java.lang.IllegalStateException: outer " + FORGED,
                        "\tSuppressed: java.lang.IllegalStateException: beside " + FORGED,
                        "Caused by: java.lang.IllegalArgumentException: inner " + FORGED + " [31m")
                .anySatisfy(line -> assertThat(line).startsWith("\tat " + LogLayoutTest.class.getName()))
                .noneMatch(line -> line.startsWith(FORGED));
    }

    private String entry(String file, @Nullable Throwable failure, String message, Object... values)
            throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of(file).toFile());
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appenders.next();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger(LogLayoutTest.class), Level.WARN, message, failure, values);
        return new String(console.getEncoder().encode(event), UTF_8);
    }
}

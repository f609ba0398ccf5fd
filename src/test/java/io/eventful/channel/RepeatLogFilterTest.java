package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the shipped configuration of the log leaves out. */
class RepeatLogFilterTest {

    private static final String SERVER = "org.apache.activemq.artemis.core.server";

    private static final String HANDLER = "org.apache.camel.processor.errorhandler.DefaultErrorHandler";

    private static FilterReply reply(String logger, String message) throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(RepeatLogFilterTest.class.getResource("/logback-spring.xml")));
        Appender<ILoggingEvent> console =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        LoggingEvent event = new LoggingEvent("x", context.getLogger(logger), Level.WARN, message, null, new Object[0]);
        return console.getFilterChainDecision(event);
    }

    @Test
    void itIsTheWarningOfEachDroppedRepeatAndNoOther() throws Exception {
        assertThat(reply(SERVER, "AMQ222059: Duplicate message detected - message will not be routed.\n{}"))
                .isEqualTo(FilterReply.DENY);
        assertThat(reply(SERVER, "AMQ222210: Free storage space is at {}")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("io.eventful.channel", "AMQ222059: quoted")).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void whatWaitsForABrokerOrAStoreIsNoFailedDelivery() throws Exception {
        String failed =
                "Failed delivery for (MessageId: 1 on ExchangeId: 2). Exhausted after delivery attempt: 1 caught: ";
        assertThat(reply(HANDLER, failed + "io.eventful.channel.ChannelUnavailableException: away"))
                .isEqualTo(FilterReply.DENY);
        assertThat(reply(HANDLER, failed + "java.lang.IllegalStateException: of the route"))
                .isEqualTo(FilterReply.NEUTRAL);
    }
}

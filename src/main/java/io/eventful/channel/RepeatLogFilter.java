package io.eventful.channel;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps Artemis' warning of each dropped repeat, which has many lines, out of the log: {@link DroppedRepeats} counts them.
 * Named in {@code logback-spring.xml}.
 */
public final class RepeatLogFilter extends Filter<ILoggingEvent> {

    private static final String LOGGER = "org.apache.activemq.artemis.core.server";
    private static final String DUPLICATE_MESSAGE_DETECTED = "AMQ222059";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().equals(LOGGER)
                        && String.valueOf(event.getMessage()).startsWith(DUPLICATE_MESSAGE_DETECTED)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}

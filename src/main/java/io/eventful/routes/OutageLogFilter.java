package io.eventful.routes;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.regex.Pattern;

/**
 * Keeps Camel's report of each exchange that failed because a broker or a store is away out of the log: the change or event
 * is not at fault, waits, and is tried again. Named in {@code logback-spring.xml}.
 */
public final class OutageLogFilter extends Filter<ILoggingEvent> {

    private static final String LOGGER = "org.apache.camel.processor.errorhandler.DefaultErrorHandler";
    /** {@link io.eventful.event.UnavailableException} and its subclasses, as Camel names what it has caught. */
    private static final Pattern UNAVAILABLE =
            Pattern.compile("caught: io\\.eventful\\.[a-z]+\\.[A-Za-z]*(?:Unavailable|StoreDamaged)Exception\\b");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().equals(LOGGER)
                        && UNAVAILABLE.matcher(event.getFormattedMessage()).find()
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}

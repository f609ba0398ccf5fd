package io.eventful.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The facts of a log line, as {@code name=value}; those that are not there are left out. */
public final class LogFacts {

    private LogFacts() {}

    /**
     * The facts, separated by blanks. Constants of an enum are written in lower case.
     *
     * @param namesAndValues name, value, name, value, …; null and the empty text are no facts
     */
    public static String of(@Nullable Object... namesAndValues) {
        StringBuilder facts = new StringBuilder();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            String text = value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : "" + value;
            if (value == null || text.isEmpty()) continue;
            if (!facts.isEmpty()) facts.append(' ');
            facts.append(namesAndValues[i]).append('=').append(text);
        }
        return facts.toString();
    }
}

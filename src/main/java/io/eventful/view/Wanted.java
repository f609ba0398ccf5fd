package io.eventful.view;

import io.eventful.edge.Fields;
import io.eventful.edge.Preferences;
import java.time.Duration;
import java.util.Optional;

/**
 * How fresh a reply is to be.
 *
 * @param position up to which changes must be in it; 0 for none
 * @param patience how long for that at most
 */
record Wanted(long position, Duration patience) {

    /** Empty when {@code Eventful-Min-Position} is no position. */
    static Optional<Wanted> of(Fields fields, ViewSettings settings) {
        String position = fields.first("eventful-min-position").orElse("0").strip();
        if (!position.matches("[0-9]{1,18}")) return Optional.empty();
        return Optional.of(new Wanted(Long.parseLong(position), wait(fields, settings)));
    }

    private static Duration wait(Fields fields, ViewSettings settings) {
        Duration asked = Preferences.of(fields).waiting().orElse(settings.defaultWait());
        return asked.compareTo(settings.maxWait()) > 0 ? settings.maxWait() : asked;
    }
}

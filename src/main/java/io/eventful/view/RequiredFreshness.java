package io.eventful.view;

import io.eventful.edge.Fields;
import io.eventful.edge.Preferences;
import java.time.Duration;
import java.util.Optional;

/**
 * The freshness that a read requires.
 *
 * @param position position up to which changes must be projected; 0 for none
 * @param patience maximum wait
 */
record RequiredFreshness(long position, Duration patience) {

    /** Empty if {@code Eventful-Min-Position} is not a position. */
    static Optional<RequiredFreshness> of(Fields fields, ViewSettings settings) {
        String position = fields.first("eventful-min-position").orElse("0").strip();
        if (!position.matches("[0-9]{1,18}")) return Optional.empty();
        return Optional.of(new RequiredFreshness(Long.parseLong(position), wait(fields, settings)));
    }

    private static Duration wait(Fields fields, ViewSettings settings) {
        Duration asked = Preferences.of(fields).waiting().orElse(settings.defaultWait());
        return asked.compareTo(settings.maxWait()) > 0 ? settings.maxWait() : asked;
    }
}

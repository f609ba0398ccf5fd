package io.eventful.view;

import io.eventful.edge.Fields;
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

    /** RFC 7240 §4.3: whole seconds; another text says nothing. */
    private static Duration wait(Fields fields, ViewSettings settings) {
        for (String field : fields.all("prefer"))
            for (String preference : field.split(",")) {
                String[] parts = preference.split(";")[0].split("=", 2);
                if (parts.length < 2 || !parts[0].strip().equalsIgnoreCase("wait")) continue;
                String seconds = parts[1].strip().replace("\"", "");
                if (!seconds.matches("[0-9]{1,9}")) continue;
                Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
                return asked.compareTo(settings.maxWait()) > 0 ? settings.maxWait() : asked;
            }
        return settings.defaultWait();
    }
}

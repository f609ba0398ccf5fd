package io.eventful.edge;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The Prefer header fields of a request (RFC 7240).
 *
 * @param values by name in lower case, the first of each; empty for a preference without a value
 */
public record Preferences(Map<String, String> values) {

    public static final String FIELD = "Prefer";
    public static final String APPLIED = "Preference-Applied";
    public static final String RESPOND_ASYNC = "respond-async";

    private static final String WAIT = "wait";

    /** A longer wait counts as this one, some eleven days; whoever waits has a limit that is far below it. */
    static final Duration LONGEST = Duration.ofSeconds(999_999);

    /** Parses all Prefer fields. */
    public static Preferences of(Fields fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String preference : list(fields)) {
            int equals = preference.indexOf('=');
            int semicolon = preference.indexOf(';');
            String main = semicolon < 0 ? preference : preference.substring(0, semicolon);
            String name = (equals >= 0 && equals < main.length() ? main.substring(0, equals) : main).strip();
            String value = equals >= 0 && equals < main.length()
                    ? unquoted(main.substring(equals + 1).strip())
                    : "";
            values.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
        return new Preferences(values);
    }

    /** Whether {@code respond-async} is preferred. */
    public boolean respondAsync() {
        return values.containsKey(RESPOND_ASYNC);
    }

    /** The value of {@code wait}; empty if it is absent or not a whole number of seconds. */
    public Optional<Duration> waiting() {
        String seconds = values.getOrDefault(WAIT, "");
        if (seconds.isEmpty() || !seconds.chars().allMatch(letter -> letter >= '0' && letter <= '9'))
            return Optional.empty();
        BigInteger longest = BigInteger.valueOf(LONGEST.toSeconds());
        return Optional.of(
                Duration.ofSeconds(new BigInteger(seconds).min(longest).longValue()));
    }

    /** The header fields to forward: without the preferences that the gateway has honoured. */
    public static Fields honoured(Fields fields) {
        List<String> left = list(fields).stream()
                .filter(preference -> !isHonoured(preference.toLowerCase(Locale.ROOT)))
                .toList();
        Fields others = fields.without(FIELD);
        return left.isEmpty() ? others : others.and(FIELD, String.join(", ", left));
    }

    private static boolean isHonoured(String preference) {
        String name = preference.split("[=;\\s]", 2)[0];
        return name.equals(RESPOND_ASYNC) || name.equals(WAIT);
    }

    private static List<String> list(Fields fields) {
        List<String> all = new ArrayList<>();
        for (String line : fields.all(FIELD)) {
            boolean quoted = false;
            int start = 0;
            for (int i = 0; i <= line.length(); i++) {
                if (i < line.length() && line.charAt(i) == '"') quoted = !quoted;
                if (i < line.length() && (quoted || line.charAt(i) != ',')) continue;
                String preference = line.substring(start, i).strip();
                if (!preference.isEmpty()) all.add(preference);
                start = i + 1;
            }
        }
        return all;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}

package io.eventful.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The validated options of a {@code view:} endpoint.
 *
 * @param access who may read it on the data port
 * @param index indexed members, by which lists can be filtered and sorted; nested ones as {@code address.city}
 * @param maxLag maximum lag; beyond it, the lag is reported and captured reads go to the upstream
 * @param miss answer to a captured read of an item that the view does not have
 * @param list member of the object that a captured list is wrapped in; empty for a bare array
 */
record ViewOptions(Access access, List<String> index, Duration maxLag, Miss miss, String list) {

    /** Maximum number of indexed members. */
    static final int MAX_INDEX = 8;

    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_$-]++(?:\\.[A-Za-z0-9_$-]++)*+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_$-]*");
    /** Names that are reserved in queries. */
    private static final List<String> TAKEN = List.of("sort", "limit", "after", "fields", "asOf");

    /** Who may read a view. */
    enum Access {
        UPSTREAM,
        KEY,
        OPEN
    }

    /** The answer to a captured read of an item that the view does not have. */
    enum Miss {
        UPSTREAM,
        NOTFOUND
    }

    ViewOptions {
        index = List.copyOf(index);
    }

    /** Parses options. Fails with {@link IllegalArgumentException}, whose message names the option, its value and the allowed values. */
    static ViewOptions parse(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>(given);
        ViewOptions options = new ViewOptions(
                word(Access.class, "access", values.remove("access"), Access.UPSTREAM),
                index(values.remove("index")),
                lag(values.remove("maxLag")),
                word(Miss.class, "miss", values.remove("miss"), Miss.UPSTREAM),
                list(values.remove("list")));
        if (!values.isEmpty())
            throw new IllegalArgumentException("view: has no option "
                    + values.keySet().iterator().next() + "; its options are access, index, maxLag, miss, list");
        return options;
    }

    private static <E extends Enum<E>> E word(Class<E> type, String name, @Nullable String text, E standard) {
        if (text == null) return standard;
        List<String> allowed = new ArrayList<>();
        for (E one : type.getEnumConstants()) {
            String word = one.name().toLowerCase(Locale.ROOT);
            if (word.equals(text.strip().toLowerCase(Locale.ROOT))) return one;
            allowed.add(word);
        }
        throw wrong(name, text, String.join(", ", allowed));
    }

    private static List<String> index(@Nullable String text) {
        if (text == null || text.isBlank()) return List.of();
        List<String> members = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String member = part.strip();
            if (!MEMBER.matcher(member).matches() || TAKEN.contains(member))
                throw wrong("index", text, "member names separated by commas, such as status,total,address.city");
            if (!members.contains(member)) members.add(member);
        }
        if (members.size() > MAX_INDEX) throw wrong("index", text, MAX_INDEX + " members at most");
        return members;
    }

    private static Duration lag(@Nullable String text) {
        if (text == null) return Duration.ofSeconds(30);
        try {
            Duration lag = DurationStyle.detectAndParse(text.strip());
            if (lag.compareTo(Duration.ofMillis(100)) >= 0 && lag.compareTo(Duration.ofDays(1)) <= 0) return lag;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong("maxLag", text, "a duration of 100ms to 1d, such as 30s");
        }
        throw wrong("maxLag", text, "a duration of 100ms to 1d, such as 30s");
    }

    private static String list(@Nullable String text) {
        if (text == null) return "";
        if (!WORD.matcher(text.strip()).matches()) throw wrong("list", text, "the name of one member, such as items");
        return text.strip();
    }

    private static IllegalArgumentException wrong(String name, String value, String allowed) {
        return new IllegalArgumentException("view: option " + name + "=" + value + " is invalid; allowed: " + allowed);
    }
}

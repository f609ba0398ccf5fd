package io.eventful.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The configured values; later sources override earlier ones.
 *
 * @param texts values by key, in the form of Spring's binder
 * @param origins source of each value
 * @param lists keys of the lists that values are elements of; a freely chosen name may look like an index, too
 */
record Values(Map<String, Object> texts, Map<String, String> origins, Set<String> lists) {

    /** A freely chosen name in brackets; a number is the index of a list. */
    private static final Pattern NAME = Pattern.compile("\\[([^\\]]*[^\\]\\d][^\\]]*)]");

    Values() {
        this(new LinkedHashMap<>(), new HashMap<>(), new HashSet<>());
    }

    /** Overrides values with those of a later source. A list replaces the whole list of an earlier source. */
    void overlay(Values later) {
        for (String key : later.texts.keySet()) {
            String list = key.replaceAll("\\[\\d+].*$", "");
            Pattern element = Pattern.compile(Pattern.quote(list) + "\\[\\d+].*");
            texts.keySet()
                    .removeIf(old -> old.equals(list) || element.matcher(old).matches());
        }
        texts.putAll(later.texts);
        origins.putAll(later.origins);
        lists.addAll(later.lists);
    }

    void put(String key, String text, String origin) {
        texts.put(key, text);
        origins.put(key, origin);
    }

    /**
     * The source of a key, or of the first one below it, or of the list in one text that it is an element of; empty if not
     * configured.
     */
    String origin(String path) {
        return texts.keySet().stream()
                .filter(key -> isAt(key, path) || isAt(dotted(key), path))
                .findFirst()
                .map(key -> origins.getOrDefault(key, ""))
                .orElseGet(() -> origins.getOrDefault(path.replaceFirst("\\[\\d+]$", ""), ""));
    }

    /** A key as in messages: {@code eventful.channels.a b} for {@code eventful.channels[a b]}. */
    static String dotted(String key) {
        return NAME.matcher(key).replaceAll(".$1");
    }

    /** True for the key itself and for keys below it. */
    static boolean isAt(String key, String path) {
        return key.startsWith(path)
                && (key.length() == path.length()
                        || key.charAt(path.length()) == '.'
                        || key.charAt(path.length()) == '[');
    }
}

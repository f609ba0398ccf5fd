package io.eventful.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What was written, the later source over the earlier one.
 *
 * @param texts by their keys, as Spring's binder has them
 * @param origins where each was written
 */
record Values(Map<String, Object> texts, Map<String, String> origins) {

    Values() {
        this(new LinkedHashMap<>(), new HashMap<>());
    }

    /** Lays a later source over what there is. A list of it replaces the whole list of an earlier one. */
    void overlay(Values later) {
        for (String key : later.texts.keySet()) {
            String list = key.replaceAll("\\[\\d+].*$", "");
            Pattern element = Pattern.compile(Pattern.quote(list) + "\\[\\d+].*");
            texts.keySet()
                    .removeIf(old -> old.equals(list) || element.matcher(old).matches());
        }
        texts.putAll(later.texts);
        origins.putAll(later.origins);
    }

    void put(String key, String text, String origin) {
        texts.put(key, text);
        origins.put(key, origin);
    }

    /** Where a key, or the first one below it, was written; empty when it was not. */
    String origin(String path) {
        return texts.keySet().stream()
                .filter(key -> isAt(key, path))
                .findFirst()
                .map(key -> origins.getOrDefault(key, ""))
                .orElse("");
    }

    /** True for the key itself and for those below it. */
    static boolean isAt(String key, String path) {
        return key.startsWith(path)
                && (key.length() == path.length()
                        || key.charAt(path.length()) == '.'
                        || key.charAt(path.length()) == '[');
    }
}

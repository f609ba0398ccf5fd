package io.eventful.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that are left to bind after invalid ones were removed. The binder does not allow a gap in a list, so the
 * elements after a removed one move up; problems are still reported with the index as written.
 */
final class Remaining {

    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    /** By key as written, in the form of Spring's binder. */
    private final Map<String, Object> left;

    private final Set<String> lists;

    Remaining(Values values) {
        this.left = new LinkedHashMap<>(values.texts());
        this.lists = values.lists();
    }

    /** The values by the key to bind. */
    Map<String, Object> texts() {
        Map<String, SortedSet<Integer>> indices = indices();
        Map<String, Object> texts = new LinkedHashMap<>();
        left.forEach((key, text) -> texts.put(moved(key, indices), text));
        return texts;
    }

    /** A dotted path of {@link #texts()} with the indices as written. */
    String written(String path) {
        Map<String, SortedSet<Integer>> indices = indices();
        String longest = "";
        String written = "";
        for (String key : left.keySet()) {
            for (Matcher index = INDEX.matcher(key); index.find(); ) {
                String element = Values.dotted(moved(key.substring(0, index.end()), indices));
                if (element.length() <= longest.length() || !Values.isAt(path, element)) continue;
                longest = element;
                written = Values.dotted(key.substring(0, index.end()));
            }
        }
        return written + path.substring(longest.length());
    }

    /**
     * Removes the value at a path, or else what is written at the nearest path above it.
     *
     * @param path dotted, with the indices as written
     * @param prefix the path of the settings record, above which nothing is removed
     * @return false if nothing is written there
     */
    boolean remove(String path, String prefix) {
        for (String at = path; at.length() >= prefix.length(); at = above(at)) {
            String here = at;
            if (left.keySet().removeIf(key -> Values.isAt(Values.dotted(key), here))) return true;
        }
        return false;
    }

    private static String above(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    /** The indices of each list, as written. */
    Map<String, SortedSet<Integer>> indices() {
        Map<String, SortedSet<Integer>> indices = new HashMap<>();
        for (String key : left.keySet()) {
            for (Matcher index = INDEX.matcher(key); index.find(); ) {
                String list = key.substring(0, index.start());
                if (lists.contains(list))
                    indices.computeIfAbsent(list, name -> new TreeSet<>()).add(Integer.valueOf(index.group(1)));
            }
        }
        return indices;
    }

    private static String moved(String key, Map<String, SortedSet<Integer>> indices) {
        StringBuilder moved = new StringBuilder();
        Matcher index = INDEX.matcher(key);
        while (index.find()) {
            @Nullable SortedSet<Integer> all = indices.get(key.substring(0, index.start()));
            int place = all == null
                    ? -1
                    : all.headSet(Integer.valueOf(index.group(1))).size();
            index.appendReplacement(moved, all == null ? index.group() : "[" + place + "]");
        }
        return index.appendTail(moved).toString();
    }
}

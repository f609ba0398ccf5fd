package io.eventful.event;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * How a path that is no item of a template differs from it.
 *
 * @param distance about 1 for each segment that differs; less for one that is similar
 * @param text the first difference
 */
public record TemplateDifference(double distance, String text) {

    /** The difference of a path that does not match as an item. */
    public static TemplateDifference of(PathTemplate template, String path) {
        List<String> parts = Subjects.segments(path);
        List<String> segments = segments(template.toString());
        int shared = Math.min(parts.size(), segments.size());
        boolean open = segments.getLast().equals("**") && parts.size() > segments.size();
        double distance = open ? 0 : Math.abs(parts.size() - segments.size());
        String first = parts.size() < segments.size()
                ? "the path has no segment for " + segments.get(parts.size())
                : "the path goes on with \"" + String.join("/", parts.subList(shared, parts.size())) + "\"";
        for (int i = shared - 1; i >= 0; i--) {
            String segment = segments.get(i);
            String part = parts.get(i);
            if (segment.startsWith("{") || segment.equals("**") || segment.equals(part)) continue;
            distance += (double) LevenshteinDistance.getDefaultInstance().apply(part, segment)
                    / Math.max(part.length(), segment.length());
            first = "segment " + (i + 1) + " of the path is \"" + part + "\", not \"" + segment + "\"";
        }
        return new TemplateDifference(distance, first);
    }

    /** Literals in their canonical form; variables and {@code **} as they are written. */
    private static List<String> segments(String template) {
        return Arrays.stream(template.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> segment.startsWith("{") || segment.equals("**")
                        ? segment
                        : String.join("/", Subjects.segments(segment)))
                .toList();
    }
}

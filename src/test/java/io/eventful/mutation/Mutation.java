package io.eventful.mutation;

import java.nio.file.Path;
import java.util.Set;

/**
 * A route file with one slip in it.
 *
 * @param file what was changed
 * @param operator the kind of slip
 * @param lines where a reader would look for it: the changed line, and those that name what is gone
 * @param before what stood there
 * @param after what stands there instead
 * @param text of the file after the change
 */
record Mutation(Path file, String operator, Set<Integer> lines, String before, String after, String text) {

    @Override
    public String toString() {
        return file.getFileName() + ":" + lines + " " + operator + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}

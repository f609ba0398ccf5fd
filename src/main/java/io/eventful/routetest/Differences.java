package io.eventful.routetest;

import java.util.ArrayList;
import java.util.List;

/** Two texts as one, with what only the one or the other has marked, by their longest common subsequence of lines. */
final class Differences {

    private Differences() {}

    static List<String> of(List<String> expected, List<String> actual, Paint paint) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--)
            for (int j = actual.size() - 1; j >= 0; j--)
                common[i][j] = same(expected.get(i), actual.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && same(expected.get(i), actual.get(j))) {
                lines.add("  " + actual.get(j));
                i++;
                j++;
            } else if (j == actual.size() || (i < expected.size() && common[i + 1][j] >= common[i][j + 1]))
                lines.add(paint.red("- " + expected.get(i++)));
            else lines.add(paint.green("+ " + actual.get(j++)));
        }
        return lines;
    }

    /** A comma at the end depends on what follows, and is no difference. */
    private static boolean same(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String line) {
        return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
    }
}

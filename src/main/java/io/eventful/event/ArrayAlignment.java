package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The elements that two arrays have in common, in order: a longest common subsequence, or, if that would need more than
 * {@value #MAX_CELLS} cells, only their common prefix and suffix.
 */
final class ArrayAlignment {

    private static final int MAX_CELLS = 1 << 20;

    private final int[] pairs;
    private int size;

    private ArrayAlignment(int capacity) {
        pairs = new int[2 * capacity];
    }

    static ArrayAlignment of(JsonNode from, JsonNode to) {
        int common = Math.min(from.size(), to.size());
        ArrayAlignment alignment = new ArrayAlignment(common);
        int head = 0;
        while (head < common && Json.same(from.get(head), to.get(head))) {
            alignment.pair(head, head);
            head++;
        }
        int tail = 0;
        while (tail < common - head && Json.same(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail)))
            tail++;

        int fromMiddle = from.size() - head - tail;
        int toMiddle = to.size() - head - tail;
        if (fromMiddle > 0 && toMiddle > 0 && (long) fromMiddle * toMiddle <= MAX_CELLS)
            alignment.middle(from, to, head, fromMiddle, toMiddle);
        for (int i = tail; i > 0; i--) alignment.pair(from.size() - i, to.size() - i);
        return alignment;
    }

    int size() {
        return size;
    }

    int from(int pair) {
        return pairs[2 * pair];
    }

    int to(int pair) {
        return pairs[2 * pair + 1];
    }

    private void pair(int from, int to) {
        pairs[2 * size] = from;
        pairs[2 * size + 1] = to;
        size++;
    }

    private void middle(JsonNode from, JsonNode to, int head, int n, int m) {
        Map<String, Integer> kinds = new HashMap<>();
        int[] left = kinds(kinds, from, head, n);
        int[] right = kinds(kinds, to, head, m);
        if (kinds.size() == n + m) return;

        // longest[i][j]: length of the longest common subsequence of left from i on and right from j on.
        int[] longest = new int[(n + 1) * (m + 1)];
        for (int i = n - 1; i >= 0; i--) {
            for (int j = m - 1; j >= 0; j--) {
                int cell = i * (m + 1) + j;
                longest[cell] = left[i] == right[j]
                        ? longest[cell + m + 2] + 1
                        : Math.max(longest[cell + m + 1], longest[cell + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < n && j < m) {
            int cell = i * (m + 1) + j;
            if (left[i] == right[j]) pair(head + i++, head + j++);
            else if (longest[cell + m + 1] >= longest[cell + 1]) i++;
            else j++;
        }
    }

    /** Maps equal elements to the same number, so that elements can be compared as integers. */
    private static int[] kinds(Map<String, Integer> known, JsonNode array, int start, int count) {
        int[] kinds = new int[count];
        Arrays.setAll(kinds, i -> known.computeIfAbsent(Json.canonical(array.get(start + i)), text -> known.size()));
        return kinds;
    }
}

package io.eventful.ledger;

import java.sql.SQLException;
import java.util.List;

/** Cuts lists into pieces of a few sizes, so that the statements for so many rows stay prepared. */
final class Chunks {

    private static final int[] SIZES = {64, 16, 4, 1};

    private Chunks() {}

    /** What is done with one piece. */
    @FunctionalInterface
    interface Step<T> {
        void run(List<T> piece) throws SQLException;
    }

    static <T> void each(List<T> all, Step<T> step) throws SQLException {
        int from = 0;
        for (int size : SIZES)
            while (all.size() - from >= size) {
                step.run(all.subList(from, from + size));
                from += size;
            }
    }

    /** A statement for so many rows: the row's text, repeated with commas. */
    static String rows(String before, String row, int count, String after) {
        StringBuilder text = new StringBuilder(before.length() + count * (row.length() + 1) + after.length());
        text.append(before);
        for (int i = 0; i < count; i++) text.append(i == 0 ? "" : ",").append(row);
        return text.append(after).toString();
    }
}

package io.eventful.cli;

import io.eventful.config.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A text table whose columns are as wide as their widest cell, up to a limit: a longer cell moves only the rest of its own
 * row. Cells are {@linkplain VisibleText visible}.
 */
final class Table {

    /** Ids, types and most paths are shorter. */
    private static final int WIDEST = 32;

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(VisibleText::line).toList());
        return this;
    }

    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column));
                if (column < row.size() - 1)
                    line.append(" "
                            .repeat(2
                                    + Math.max(
                                            0, width(column) - row.get(column).length())));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
    }
}

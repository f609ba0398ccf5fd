package io.eventful.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one repetition showed; times in milliseconds.
 *
 * @param appends changes per second of 64 writers
 * @param calls intents with their outcomes per second of 64 writers
 * @param p50 of appends that arrive at a fixed rate
 * @param p99 of the same
 * @param syncP50 of one write and sync alone
 * @param syncP99 of the same
 */
record LedgerRow(double appends, double calls, double p50, double p99, double syncP50, double syncP99) {

    static LedgerRow of(double appends, double calls, Times arrivals, Times sync) {
        return new LedgerRow(
                appends, calls, arrivals.millis(0.5), arrivals.millis(0.99), sync.millis(0.5), sync.millis(0.99));
    }

    static String table(List<LedgerRow> rows) {
        StringBuilder text = new StringBuilder("""

                **Ledger: changes of 1 KB items, each durable before its writer goes on (SQLite, one sync for a group)**

                | | appends per second, 64 writers | intent and outcome per second, 64 writers | append at 2,000/s: p50 ms | p99 ms | one sync: p50 ms | p99 ms | p99 / sync p50 | p99 / sync p99 |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                | goal | 20,000 | | | | | | 5 | |
                """);
        for (int i = 0; i < rows.size(); i++) text.append(rows.get(i).line("run " + (i + 1)));
        LedgerRow median = new LedgerRow(
                median(rows, LedgerRow::appends),
                median(rows, LedgerRow::calls),
                median(rows, LedgerRow::p50),
                median(rows, LedgerRow::p99),
                median(rows, LedgerRow::syncP50),
                median(rows, LedgerRow::syncP99));
        return text.append(median.line("median")).toString();
    }

    private static double median(List<LedgerRow> rows, ToDoubleFunction<LedgerRow> value) {
        double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private String line(String name) {
        return "| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f |%n"
                .formatted(name, appends, calls, p50, p99, syncP50, syncP99, p99 / syncP50, p99 / syncP99);
    }
}

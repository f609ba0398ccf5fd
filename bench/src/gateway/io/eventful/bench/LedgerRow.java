package io.eventful.bench;

import io.eventful.bench.LedgerLoad.Rate;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What one repetition showed; times in milliseconds.
 *
 * @param appends changes of 64 writers
 * @param calls intents with their outcomes of 64 writers
 * @param receipts webhooks received, of 64 writers
 * @param p50 of appends that arrive at a fixed rate
 * @param p99 of the same
 * @param bareP50 of records that arrive at the same rate at a bare file
 * @param bareP99 of the same
 * @param syncP50 of one write and sync alone
 * @param syncP99 of the same
 */
record LedgerRow(
        Rate appends,
        Rate calls,
        Rate receipts,
        double p50,
        double p99,
        double bareP50,
        double bareP99,
        double syncP50,
        double syncP99) {

    static LedgerRow of(Rate appends, Rate calls, Rate receipts, Times arrivals, Times bare, Times sync) {
        return new LedgerRow(
                appends,
                calls,
                receipts,
                arrivals.millis(0.5),
                arrivals.millis(0.99),
                bare.millis(0.5),
                bare.millis(0.99),
                sync.millis(0.5),
                sync.millis(0.99));
    }

    static String table(List<LedgerRow> rows) {
        StringBuilder text = new StringBuilder("""

            **Ledger: changes of 1 KB items, each durable before its writer goes on (SQLite, one sync for a group); CPU µs with the making of the change**

            | | appends per second, 64 writers | CPU µs | intent and outcome per second, 64 writers | CPU µs | receipts per second, 64 writers | CPU µs |
            |---|--:|--:|--:|--:|--:|--:|
            | goal | 20,000 | | | | | |
            """);
        for (int i = 0; i < rows.size(); i++) text.append(rows.get(i).rates("run " + (i + 1)));
        LedgerRow median = new LedgerRow(
                rate(rows, LedgerRow::appends),
                rate(rows, LedgerRow::calls),
                rate(rows, LedgerRow::receipts),
                median(rows, LedgerRow::p50),
                median(rows, LedgerRow::p99),
                median(rows, LedgerRow::bareP50),
                median(rows, LedgerRow::bareP99),
                median(rows, LedgerRow::syncP50),
                median(rows, LedgerRow::syncP99));
        text.append(median.rates("median")).append("""

            | | append at 2,000/s: p50 ms | p99 ms | to a bare file: p50 ms | p99 ms | one sync: p50 ms | p99 ms | p99 / sync p50 | bare p99 / sync p50 |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|
            | goal | | | | | | | 5 | |
            """);
        for (int i = 0; i < rows.size(); i++) text.append(rows.get(i).times("run " + (i + 1)));
        return text.append(median.times("median")).toString();
    }

    private static Rate rate(List<LedgerRow> rows, Function<LedgerRow, Rate> value) {
        return new Rate(
                median(rows, row -> value.apply(row).perSecond()),
                median(rows, row -> value.apply(row).cpuMicros()));
    }

    private static double median(List<LedgerRow> rows, ToDoubleFunction<LedgerRow> value) {
        double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private String rates(String name) {
        return "| %s | %,.0f | %.0f | %,.0f | %.0f | %,.0f | %.0f |%n"
                .formatted(
                        name,
                        appends.perSecond(),
                        appends.cpuMicros(),
                        calls.perSecond(),
                        calls.cpuMicros(),
                        receipts.perSecond(),
                        receipts.cpuMicros());
    }

    private String times(String name) {
        return "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f |%n"
                .formatted(name, p50, p99, bareP50, bareP99, syncP50, syncP99, p99 / syncP50, bareP99 / syncP50);
    }
}

package io.eventful.bench;

import io.eventful.bench.LedgerLoad.Rate;
import io.eventful.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Durable appends to the ledger: the gateway's own beans on a fresh SQLite file, nothing else running. Arguments: a
 * folder, then options as {@code bench/run} takes them.
 */
public final class LedgerBench {

    private static final int WRITERS = 64;
    private static final int RATE = 2_000;

    private LedgerBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> options = List.of(args);
        int seconds = options.contains("--quick") ? 2 : Arguments.number(options, "--seconds", 10);
        int repetitions = options.contains("--quick") ? 1 : Arguments.number(options, "--repetitions", 3);
        List<LedgerRow> rows = new ArrayList<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            Folders.delete(folder);
            Files.createDirectories(folder);
            try (AnnotationConfigApplicationContext context = Ledgers.open(folder)) {
                LedgerLoad load = new LedgerLoad(context.getBean(Ledger.class));
                load.appends(WRITERS, seconds); // warm-up
                Rate appends = load.appends(WRITERS, seconds);
                Rate calls = load.calls(WRITERS, seconds);
                Rate receipts = load.receipts(WRITERS, seconds);
                // Right before what it is compared with: a disk's syncs change from minute to minute.
                Times sync = new SyncProbe(folder).run(seconds);
                Times arrivals = load.arrivals(RATE, seconds);
                rows.add(LedgerRow.of(appends, calls, receipts, arrivals, bare(folder, seconds), sync));
            }
        }
        System.out.print(LedgerRow.table(rows));
        Folders.delete(folder);
    }

    private static Times bare(Path folder, int seconds) throws Exception {
        try (BareLog log = new BareLog(folder)) {
            return FixedRate.run(RATE, seconds, log::append);
        }
    }
}

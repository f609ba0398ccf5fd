package io.eventful.capture;

import java.util.function.Supplier;

/** What is captured now; a new table takes its place as a whole. */
final class CurrentTable implements Supplier<CaptureTable> {

    private volatile CaptureTable table = CaptureTable.EMPTY;

    @Override
    public CaptureTable get() {
        return table;
    }

    void set(CaptureTable next) {
        table = next;
    }
}

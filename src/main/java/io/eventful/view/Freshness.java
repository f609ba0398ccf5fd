package io.eventful.view;

import io.eventful.edge.OwnNames;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Waits until a view is as fresh as the request requires ({@code Eventful-Min-Position}); empty if it is. Blocks. */
final class Freshness {

    private Freshness() {}

    /** Waits until all changes of the view up to the required position are projected. */
    static Optional<Answers.Given> awaitView(Reading reading, Ledger ledger) throws InterruptedException {
        long wanted = reading.wanted().position();
        if (wanted == 0) return Optional.empty();
        return await(
                reading,
                () -> ledger.head() >= wanted && reading.one().watermark().reached(wanted));
    }

    /** Waits until all changes of these items up to the required position are projected. */
    static Optional<Answers.Given> awaitItems(Reading reading, Predicate<Item> items, Ledger ledger)
            throws InterruptedException {
        long wanted = reading.wanted().position();
        PartialWatermark part = new PartialWatermark(reading.one().watermark(), ledger, items);
        return await(reading, () -> ledger.head() >= wanted && part.reached(wanted));
    }

    /** Waits until all changes of the item up to the required position are projected. */
    static Optional<Answers.Given> awaitItem(Reading reading, Item item, Ledger ledger, History history)
            throws InterruptedException {
        long wanted = reading.wanted().position();
        if (wanted == 0) return Optional.empty();
        return await(reading, () -> {
            Optional<Row> row = reading.view().find(item);
            if (row.isPresent() && row.get().position() >= wanted) return true;
            if (ledger.head() < wanted) return false;
            Optional<Change> last = history.asOf(item, wanted);
            if (last.isEmpty()) return true;
            if (row.isPresent() && row.get().revision() >= last.get().revision()) return true;
            // A change that a filter may have removed counts as outstanding only for a limited time.
            return reading.view().sources().passage() == Sources.Passage.FILTERED
                    && reading.one().watermark().reached(wanted);
        });
    }

    private static Optional<Answers.Given> await(Reading reading, BooleanSupplier reached) throws InterruptedException {
        long nanos = reading.wanted().patience().toNanos();
        return switch (reading.view().await(reached, nanos)) {
            case REACHED -> Optional.empty();
            case TIMEOUT ->
                Optional.of(Answers.with(
                        Answers.other(
                                504,
                                "Not Yet Projected",
                                "The view has not projected all changes up to position "
                                        + reading.wanted().position()
                                        + " in time. Wait longer (Prefer: wait=S), or read without"
                                        + " Eventful-Min-Position."),
                        OwnNames.POSITION,
                        Long.toString(reading.one().watermark().position())));
            case REFUSED ->
                Optional.of(Answers.with(
                        Answers.other(
                                503,
                                "Service Unavailable",
                                "Too many reads are waiting for this view (eventful.view.waiters). Try again later."),
                        "Retry-After",
                        "1"));
        };
    }
}

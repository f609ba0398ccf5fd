package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RevisionTag;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Origin;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers reads of one item. Blocks. */
final class ItemRead {

    private final Ledger ledger;
    private final History history;
    private final Access access;
    private final ItemChoice choice;

    ItemRead(Ledger ledger, History history, Access access) {
        this.ledger = ledger;
        this.history = history;
        this.access = access;
        this.choice = new ItemChoice(access);
    }

    /**
     * Answers a read by the id of the item, or by its full path.
     *
     * @param path path after the name of the view, without the slash
     */
    Answers.Given byPath(Reading reading, String path) throws InterruptedException {
        return Answers.varying(
                named(new NamedItems(reading, path)), reading.view().sources().scopes());
    }

    private Answers.Given named(NamedItems items) throws InterruptedException {
        Reading reading = items.reading();
        boolean waits = reading.wanted().position() > 0;
        // The changes up to the position may bring further items with the same id.
        List<Row> rows = waits && items.isId() ? List.of() : items.rows();
        boolean unknown = waits && rows.isEmpty();
        if (unknown) {
            Optional<Answers.Given> late = Freshness.awaitItems(reading, items::isAmong, ledger);
            if (late.isPresent()) return late.get();
            rows = items.rows();
        }
        if (rows.isEmpty()) return ItemAnswers.nothing(reading);
        return switch (choice.among(items, rows)) {
            case ItemChoice.Chosen.None(Answers.Given answer) -> answer;
            case ItemChoice.Chosen.One(Row row) ->
                waits && !unknown ? known(reading, row.item()) : allowed(reading, row);
        };
    }

    /** Answers a read of an item whose identity is known. */
    Answers.Given byItem(Reading reading, Item item) throws InterruptedException {
        return Answers.varying(
                known(reading, item), Set.of(reading.view().sources().scopeOf(item)));
    }

    private Answers.Given known(Reading reading, Item item) throws InterruptedException {
        Optional<Answers.Given> late = Freshness.awaitItem(reading, item, ledger, history);
        if (late.isPresent()) return late.get();
        Optional<Row> row = reading.view().find(item);
        return row.isEmpty() ? ItemAnswers.nothing(reading) : allowed(reading, row.get());
    }

    /** Answers with a sufficiently fresh row, if the caller may read the item. */
    private Answers.Given allowed(Reading reading, Row row) throws InterruptedException {
        Permission permission = access.checkItems(reading, List.of(row.item())).getFirst();
        if (!(permission instanceof Permission.Granted)) return ItemAnswers.denial(reading, permission);
        String asOf = reading.parameter("asOf");
        return asOf.isEmpty() ? present(reading, row) : past(reading, row.item(), asOf);
    }

    private Answers.Given present(Reading reading, Row row) {
        byte[] state = row.state();
        return switch (row.kind()) {
            case GONE -> ItemAnswers.nothing(reading, row.position());
            case UNKNOWN -> ItemAnswers.unknown(row.position());
            case PRESENT -> ItemAnswers.found(reading, row.tag(), state == null ? new byte[0] : state, row.position());
        };
    }

    private Answers.Given past(Reading reading, Item item, String asOf) {
        Optional<Change> change;
        if (asOf.matches("[0-9]{1,18}")) {
            change = history.asOf(item, Long.parseLong(asOf));
        } else {
            try {
                // An unescaped + in a query is decoded as a space, which no time contains.
                Instant time = OffsetDateTime.parse(asOf.replace(' ', '+')).toInstant();
                change = history.asOf(item, time);
            } catch (DateTimeParseException e) {
                return Answers.bad(
                        "asOf must be a position or an RFC 3339 time with an offset, such as 2026-03-04T05:06:07Z.");
            }
        }
        if (change.isEmpty()) return Answers.nothing("The ledger has no state of this item at that position or time.");
        Origin origin = History.origin(change.get());
        if (change.get().after() instanceof Image.Known after) {
            String tag = origin.etag() == null ? RevisionTag.of(item, origin.revision()) : origin.etag();
            return ItemAnswers.found(reading, tag, Json.bytes(after.json()), origin.position());
        }
        return change.get().after() instanceof Image.Absent
                ? ItemAnswers.nothing(reading, origin.position())
                : ItemAnswers.unknown(origin.position());
    }
}

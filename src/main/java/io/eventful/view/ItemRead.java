package io.eventful.view;

import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
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

    ItemRead(Ledger ledger, History history, Access access) {
        this.ledger = ledger;
        this.history = history;
        this.access = access;
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
        if (rows.isEmpty()) return nothing(reading);
        if (rows.size() > 1) return items.several(rows);
        Row row = rows.getFirst();
        return waits && !unknown ? known(reading, row.item()) : allowed(reading, row);
    }

    /** Answers a read of an item whose identity is known. */
    Answers.Given byItem(Reading reading, Item item) throws InterruptedException {
        String scope = reading.view().sources().scopeOf(item);
        return Answers.varying(known(reading, item), scope.isEmpty() ? Set.of() : Set.of(scope));
    }

    private Answers.Given known(Reading reading, Item item) throws InterruptedException {
        Optional<Answers.Given> late = Freshness.awaitItem(reading, item, ledger, history);
        if (late.isPresent()) return late.get();
        Optional<Row> row = reading.view().find(item);
        return row.isEmpty() ? nothing(reading) : allowed(reading, row.get());
    }

    /** Answers with a sufficiently fresh row, if the caller may read the item. */
    private Answers.Given allowed(Reading reading, Row row) throws InterruptedException {
        Optional<Answers.Given> denied =
                access.checkItem(reading.view().options(), row.item(), reading.head(), reading.foreignQuery());
        if (denied.isPresent()) return denied.get();
        String asOf = reading.parameter("asOf");
        return asOf.isEmpty() ? present(reading, row) : past(reading, row.item(), asOf);
    }

    private Answers.Given present(Reading reading, Row row) {
        byte[] state = row.state();
        return switch (row.kind()) {
            case GONE -> nothing(reading, row.position());
            case UNKNOWN -> unknown(row.position());
            case PRESENT -> found(reading, row.tag(), state == null ? new byte[0] : state, row.position());
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
            return found(reading, tag, Json.bytes(after.json()), origin.position());
        }
        return change.get().after() instanceof Image.Absent
                ? nothing(reading, origin.position())
                : unknown(origin.position());
    }

    private static Answers.Given found(Reading reading, String tag, byte[] state, long position) {
        String fields = reading.parameter("fields");
        byte[] body = fields.isEmpty() ? state : Json.bytes(Members.only(Json.parse(state), ListQuery.fields(fields)));
        return Answers.found(reading.head().fields(), tag, body, about(reading, position));
    }

    static List<Fields.Field> about(Reading reading, long position) {
        String cache = reading.view().options().access() == ViewOptions.Access.OPEN ? "no-cache" : "private, no-cache";
        return List.of(
                new Fields.Field("Cache-Control", cache),
                new Fields.Field(OwnNames.POSITION, Long.toString(position)),
                age(reading));
    }

    private static Fields.Field age(Reading reading) {
        return new Fields.Field(
                "Age", Long.toString(reading.view().lag().behind().toSeconds()));
    }

    private static Answers.Given nothing(Reading reading) {
        return nothing(reading, reading.one().watermark().position());
    }

    private static Answers.Given nothing(Reading reading, long position) {
        Answers.Given given = Answers.nothing("The view has no item with this id.");
        return Answers.with(
                Answers.with(given, OwnNames.POSITION, Long.toString(position)),
                "Age",
                age(reading).value());
    }

    private static Answers.Given unknown(long position) {
        return Answers.with(
                Answers.other(
                        503,
                        "State Not Known",
                        "The item was changed, and the gateway does not know its state since. Read it from the"
                                + " upstream, or again after its next change."),
                OwnNames.POSITION,
                Long.toString(position));
    }
}

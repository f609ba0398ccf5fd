package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds a page by members that are not indexed, or by values that are longer than their keys: indexed members narrow the
 * rows, the rest is read from the states in small chunks, so that memory holds no more than a page.
 */
final class ListScan {

    private static final int ROWS = 500;

    private final ListQuery query;
    private final ListQuery narrowed;
    private final Map<String, Sought> wanted = new LinkedHashMap<>();
    /** The best rows so far of a sort by a member without an index, the worst of them first. */
    private final @Nullable PriorityQueue<Found> best;

    /** A matching row and its sort key. */
    private record Found(byte[] key, Row row) {
        static final Comparator<Found> UP = Comparator.comparing(Found::key, Arrays::compareUnsigned)
                .thenComparing(found -> found.row().id());
    }

    private ListScan(ListQuery query, List<String> members) {
        this.query = query;
        Map<String, String> declared = new LinkedHashMap<>();
        query.filters().forEach((member, value) -> {
            Sought sought = Sought.of(value);
            if (members.contains(member)) declared.put(member, value);
            if (!members.contains(member) || !sought.isToldByKeys()) wanted.put(member, sought);
        });
        boolean sorted = query.sort() == null || members.contains(query.sort());
        this.narrowed = query.with(declared, sorted ? query.sort() : null, sorted ? query.after() : null, ROWS);
        this.best = sorted ? null : new PriorityQueue<>(order().reversed());
    }

    /** Returns one extra row if there is a next page; empty if more than {@code most} rows would have to be scanned. */
    static Optional<List<Row>> run(Connection connection, Generation generation, ListQuery query, int most)
            throws SQLException {
        return new ListScan(query, generation.members()).run(connection, generation, most);
    }

    private Optional<List<Row>> run(Connection connection, Generation generation, int most) throws SQLException {
        List<Row> page = new ArrayList<>();
        int looked = 0;
        ListQuery next = narrowed;
        while (true) {
            List<Row> rows = ListSelect.run(connection, generation, next);
            for (Row row : rows) {
                if (looked++ == most) return Optional.empty();
                if (!query.within().shown().test(row.item())) continue;
                JsonNode state = state(row);
                if (!fits(state)) continue;
                if (best == null) page.add(row);
                else keep(best, new Found(SortKey.of(member(state, query.sort())), row));
                if (page.size() > query.limit()) return Optional.of(page);
            }
            if (rows.size() <= ROWS) return Optional.of(best == null ? page : drained(best));
            next = after(rows.getLast());
        }
    }

    private boolean fits(JsonNode state) {
        return wanted.entrySet().stream()
                .allMatch(filter -> filter.getValue().fits(Members.at(state, filter.getKey())));
    }

    private void keep(PriorityQueue<Found> kept, Found found) {
        ListQuery.Cursor after = query.after();
        if (after != null && compare(found, after) <= 0) return;
        kept.add(found);
        if (kept.size() > query.limit() + 1) kept.remove();
    }

    /** Negative: on an earlier page; zero: the row of the cursor. */
    private int compare(Found found, ListQuery.Cursor after) {
        int byKey = Arrays.compareUnsigned(found.key(), after.key());
        int up = byKey != 0 ? byKey : Long.compare(found.row().id(), after.id());
        return query.order() == ListQuery.Order.UP ? up : -up;
    }

    private Comparator<Found> order() {
        return query.order() == ListQuery.Order.UP ? Found.UP : Found.UP.reversed();
    }

    private List<Row> drained(PriorityQueue<Found> kept) {
        return kept.stream().sorted(order()).map(Found::row).toList();
    }

    private ListQuery after(Row last) {
        String sort = narrowed.sort();
        byte[] key = sort == null ? new byte[0] : SortKey.of(Members.at(state(last), sort));
        return narrowed.with(narrowed.filters(), sort, new ListQuery.Cursor(key, last.id()), ROWS);
    }

    private static @Nullable JsonNode member(JsonNode state, @Nullable String name) {
        return name == null ? null : Members.at(state, name);
    }

    private static JsonNode state(Row row) {
        byte[] state = row.state();
        return state == null ? Json.parse(new byte[] {'n', 'u', 'l', 'l'}) : Json.parse(state);
    }
}

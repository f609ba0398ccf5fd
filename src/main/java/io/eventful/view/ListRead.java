package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.edge.Queries;
import io.eventful.event.Json;
import io.eventful.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Answers reads of lists. Blocks. */
final class ListRead {

    private final Ledger ledger;
    private final Access access;
    private final ViewSettings settings;
    /** Limits concurrent scans, because reading many states costs processor time. */
    private final Semaphore scans = new Semaphore(Runtime.getRuntime().availableProcessors());

    ListRead(Ledger ledger, Access access, ViewSettings settings) {
        this.ledger = ledger;
        this.access = access;
        this.settings = settings;
    }

    /**
     * The requested list.
     *
     * @param source source of the items; empty for any
     * @param scopes scopes of the items
     * @param path path of this list, for the link to the next page
     * @param collection path of the collection; empty for all items of the view
     * @param wrap member of the object that contains the array; empty for a bare array
     */
    record Of(String source, ListScopes scopes, String path, String collection, String wrap) {}

    /** Answers with a page. */
    Answers.Given page(Reading reading, Of list) throws InterruptedException {
        View view = reading.view();
        Optional<Answers.Given> denied = access.toList(view.options());
        if (denied.isPresent()) return denied.get();
        if (!reading.parameter("asOf").isEmpty())
            return Answers.bad("asOf is only supported for single items; a list always shows the current state.");
        ListQuery query;
        try {
            query = ListQuery.parse(
                    reading.head().query(),
                    new ListQuery.Within(
                            list.source(),
                            list.scopes().given(reading),
                            list.scopes()::isParameter,
                            list.scopes().shown(reading),
                            list.collection()),
                    settings);
        } catch (ListQuery.BadQueryException e) {
            return Answers.bad(String.valueOf(e.getMessage()));
        }
        Optional<Answers.Given> late = Freshness.awaitView(reading, ledger);
        if (late.isPresent()) return late.get();

        long position = reading.one().watermark().position();
        Optional<List<Row>> found = rows(view, query);
        if (found.isEmpty())
            return Answers.bad(tooMany(query.isToldByKeys(view.live().members())));
        List<Row> rows = found.get();
        boolean more = rows.size() > query.limit();
        List<Row> shown = more ? rows.subList(0, query.limit()) : rows;
        byte[] body = body(shown, query.fields(), list.wrap());
        List<Fields.Field> fields = new ArrayList<>(ItemAnswers.about(reading, position));
        if (more) fields.add(new Fields.Field("Link", next(reading, query, shown.getLast(), list.path())));
        // Derived from the bytes: the same page with the same items has the same tag.
        String tag = '"' + Json.digest(body).substring("sha-256:".length(), "sha-256:".length() + 32) + '"';
        return Answers.varying(
                Answers.found(reading.head().fields(), tag, body, fields),
                list.scopes().names());
    }

    /** As {@link View#read}; empty if too much would have to be scanned. */
    private Optional<List<Row>> rows(View view, ListQuery query) throws InterruptedException {
        while (true) {
            Generation live = view.live();
            Optional<List<Row>> found = byKeys(view, live, query);
            if (found.isEmpty()) found = scanned(view, live, query);
            if (view.isLive(live)) return found;
        }
    }

    /** The page that the keys tell; empty if they do not, or if items between those of the page are not shown. */
    private static Optional<List<Row>> byKeys(View view, Generation live, ListQuery query) {
        if (!query.isToldByKeys(live.members())) return Optional.empty();
        List<Row> rows = view.store().list(live, query);
        boolean whole = rows.stream().map(Row::item).allMatch(query.within().shown());
        return whole ? Optional.of(rows) : Optional.empty();
    }

    private Optional<List<Row>> scanned(View view, Generation live, ListQuery query) throws InterruptedException {
        scans.acquire();
        try {
            return view.store().scan(live, query, settings.scan());
        } finally {
            scans.release();
        }
    }

    private String tooMany(boolean byKeys) {
        String remedy = byKeys
                ? " items that were written without their scope, or with another one than the route has now. Raise"
                        + " eventful.view.scan."
                : " items. Declare the members that it filters and sorts by (index= of the view: URI), or raise"
                        + " eventful.view.scan.";
        return "The query would have to scan more than " + settings.scan() + remedy;
    }

    private static byte[] body(List<Row> rows, List<String> fields, String wrap) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(64 + rows.size() * 512);
        if (!wrap.isEmpty()) body.writeBytes(("{\"" + wrap + "\":").getBytes(StandardCharsets.UTF_8));
        body.write('[');
        for (int i = 0; i < rows.size(); i++) {
            byte[] state = rows.get(i).state();
            if (state == null) continue;
            if (i > 0) body.write(',');
            body.writeBytes(fields.isEmpty() ? state : Json.bytes(Members.only(Json.parse(state), fields)));
        }
        body.write(']');
        if (!wrap.isEmpty()) body.write('}');
        return body.toByteArray();
    }

    private static String next(Reading reading, ListQuery query, Row last, String path) {
        byte[] key = query.sort() == null ? new byte[0] : SortKey.of(Members.at(state(last), query.sort()));
        StringBuilder link = new StringBuilder("<").append(path).append('?');
        for (String part : reading.head().query().split("&"))
            if (!part.isEmpty() && !part.startsWith("after="))
                link.append(Queries.escaped(part)).append('&');
        return link.append("after=")
                .append(new ListQuery.Cursor(key, last.id()).text())
                .append(">; rel=\"next\"")
                .toString();
    }

    private static JsonNode state(Row row) {
        byte[] state = row.state();
        return Json.parse(state == null ? "null".getBytes(StandardCharsets.UTF_8) : state);
    }
}

package io.eventful.view;

import io.eventful.event.Item;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The items that a read may mean. Blocks.
 *
 * @param reading the read
 * @param name path after the name of the view, without the slash: the id of an item, or its full path
 */
record NamedItems(Reading reading, String name) {

    /** Maximum number of items with the same id (of several collections and sources) that are considered. */
    private static final int CANDIDATES = 100;

    /** True if items of several collections may have the name. */
    boolean isId() {
        return name.indexOf('/') < 0;
    }

    /** Those that are in the view. */
    List<Row> rows() {
        View view = reading.view();
        Set<String> scopes = ListScopes.of(view).given(reading);
        List<Row> rows = view.read(live -> isId()
                ? view.store().byLastSegment(live, name, scopes, CANDIDATES)
                : view.store().byPath(live, '/' + name, scopes, CANDIDATES));
        return rows.stream().filter(row -> isAmong(row.item())).toList();
    }

    boolean isAmong(Item item) {
        String source = reading.source();
        boolean named = isId()
                ? ItemRows.segment(item.subject()).equals(name)
                : item.subject().equals('/' + name);
        return named
                && (source.isEmpty() || item.source().equals(source))
                && item.scope().equals(reading.scope(reading.view().sources().scopeOf(item)));
    }

    /** The answer if the caller may read several; says how to read one of them. */
    Answers.Given several(List<Row> rows) {
        String first = ViewResources.PREFIX
                + reading.view().name()
                + rows.getFirst().item().subject();
        if (rows.stream().map(row -> row.item().subject()).distinct().count() > 1)
            return severalItems(
                    "This view has several items with this id. Read one by its full path, such as " + first + ".");
        List<String> sources = rows.stream().map(row -> row.item().source()).toList();
        return severalItems("This view has items of several sources at this path: " + String.join(", ", sources)
                + ". Choose one by its source, such as " + first + "?source=" + encoded(sources.getFirst()) + ".");
    }

    /** The answer if there are so many that it is not checked which of them the caller may know. */
    Answers.Given tooMany() {
        return severalItems(
                isId()
                        ? "This view has several items with this id. Read one by its full path."
                        : "This view has items of several sources at this path. Choose one by its source (?source=).");
    }

    private static Answers.Given severalItems(String detail) {
        return Answers.other(409, "Several Items", detail);
    }

    /** As a value in a query, where a slash stands for itself. */
    private static String encoded(String source) {
        return URLEncoder.encode(source, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}

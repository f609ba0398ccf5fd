package io.eventful.view;

import io.eventful.event.Item;
import java.util.LinkedHashSet;
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
        Set<String> scopes = new LinkedHashSet<>(Set.of(""));
        for (String scope : view.sources().scopes()) scopes.add(reading.scope(scope));
        List<Row> rows = isId()
                ? view.store().byLastSegment(view.live(), name, scopes, CANDIDATES)
                : view.store().byPath(view.live(), '/' + name, scopes, CANDIDATES);
        return rows.stream().filter(row -> isAmong(row.item())).toList();
    }

    boolean isAmong(Item item) {
        boolean named = isId()
                ? ItemRows.segment(item.subject()).equals(name)
                : item.subject().equals('/' + name);
        return named
                && item.scope().equals(reading.scope(reading.view().sources().scopeOf(item)));
    }

    /** The answer if there are several; says how to read one of them. */
    Answers.Given several(List<Row> rows) {
        String first = ViewResources.PREFIX
                + reading.view().name()
                + rows.getFirst().item().subject();
        return Answers.other(
                409,
                "Several Items",
                "This view has several items with this id. Read one by its full path, such as " + first + ".");
    }
}

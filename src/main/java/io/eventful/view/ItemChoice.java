package io.eventful.view;

import java.util.ArrayList;
import java.util.List;

/** Chooses between several items with one name, without telling a caller of those that the caller may not read. Blocks. */
final class ItemChoice {

    /** Maximum number of items of which the upstream is asked for one read. */
    static final int ASKED = 10;

    private final Access access;

    ItemChoice(Access access) {
        this.access = access;
    }

    /** The result. */
    sealed interface Chosen {
        /** The only item that the read can mean. Whether the caller may read it, may still have to be checked. */
        record One(Row row) implements Chosen {}

        /** None of them: the answer. */
        record None(Answers.Given answer) implements Chosen {}
    }

    /** Chooses one of the rows; there is at least one. */
    Chosen among(NamedItems items, List<Row> rows) throws InterruptedException {
        if (rows.size() == 1) return new Chosen.One(rows.getFirst());
        Reading reading = items.reading();
        boolean asks = reading.view().options().access() == ViewOptions.Access.UPSTREAM;
        if (asks && rows.size() > ASKED) return new Chosen.None(items.tooMany());
        List<Permission> permissions =
                access.checkItems(reading, rows.stream().map(Row::item).toList());
        List<Row> readable = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++)
            if (permissions.get(i) instanceof Permission.Granted) readable.add(rows.get(i));
        if (readable.size() > 1) return new Chosen.None(items.several(readable));
        // The caller may be allowed to read that item, too: then it would be one of several.
        boolean undecided =
                permissions.stream().anyMatch(one -> one instanceof Permission.Denied denied && denied.isUndecided());
        return readable.isEmpty() || undecided
                ? new Chosen.None(ItemAnswers.denial(reading, Permission.ofAll(permissions)))
                : new Chosen.One(readable.getFirst());
    }
}

package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Unnamed;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Origin;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds a view from the ledger as a new copy, while the live copy is still read and written. Events that arrive
 * meanwhile are written to both; when the new copy has reached the head of the ledger, it replaces the live one.
 */
final class Rebuild {

    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final int PAGE = 256;

    private final View view;
    private final Watermark watermark;
    private final Ledger ledger;

    Rebuild(View view, Watermark watermark, Ledger ledger) {
        this.view = view;
        this.watermark = watermark;
        this.ledger = ledger;
    }

    /** Runs the rebuild; blocks. */
    void run() {
        if (view.isEnded()) return;
        ViewStore store = view.store();
        store.clear(view.name(), Generations.BUILDING);
        Generation built = store.begin(view.name(), view.options().index());
        view.building(built);
        try {
            long rows = 0;
            long position = 0;
            while (!view.isEnded()) {
                List<Change> page = ledger.after(position, PAGE);
                if (page.isEmpty()) break;
                List<Projected> items = new ArrayList<>();
                for (Change change : page) if (view.sources().feed(change)) add(items, change);
                if (!items.isEmpty()) store.write(List.of(built), items).join();
                rows += items.size();
                position = page.getLast().position();
            }
            if (!view.swap(built, position)) {
                // Another rebuild may already have removed this copy, except for rows that were written since.
                store.clear(built);
                return;
            }
            watermark.reset(position);
            log.info("view.rebuilt view={} changes={} position={}", view.name(), rows, position);
        } finally {
            view.building(null);
        }
        store.clear(view.name(), Generations.RETIRED);
    }

    /** Whether an interrupted rebuild has left a copy behind. */
    static boolean isLeft(View view) {
        return view.store().isAny(view.name(), Generations.BUILDING)
                || view.store().isAny(view.name(), Generations.RETIRED);
    }

    /** Removes such copies; blocks. */
    static void tidy(View view) {
        view.store().clear(view.name(), Generations.BUILDING);
        view.store().clear(view.name(), Generations.RETIRED);
    }

    private static void add(List<Projected> items, Change change) {
        // The subject of a create whose item is not known is its collection.
        if (Unnamed.is(change)) return;
        Projected.Kind kind = switch (change.after()) {
            case Image.Known known -> Projected.Kind.PRESENT;
            case Image.Absent absent -> Projected.Kind.GONE;
            case Image.Digested digested -> Projected.Kind.UNKNOWN;
            case Image.Unknown unknown -> Projected.Kind.UNKNOWN;
        };
        JsonNode state = change.after() instanceof Image.Known known ? known.json() : null;
        Origin origin = History.origin(change);
        items.add(new Projected(
                change.item(),
                change.revision(),
                change.position(),
                change.time(),
                kind,
                state,
                kind == Projected.Kind.PRESENT ? origin.etag() : null));
    }
}

package io.eventful.view;

import io.eventful.edge.Call;
import io.eventful.event.Item;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers reads of captured paths from a view, in the upstream's shape. Whatever the view cannot answer (it is behind its
 * bound or being filled, does not know the item or the query, or the caller may not read it) goes to the upstream.
 */
public final class CapturedReads {

    private static final Logger log = LoggerFactory.getLogger(CapturedReads.class);

    private final Views views;
    private final ItemRead items;
    private final ListRead lists;
    private final Access access;
    private final Executor threads;
    private final ViewSettings settings;

    CapturedReads(Views views, ItemRead items, ListRead lists, Access access, Executor threads, ViewSettings settings) {
        this.views = views;
        this.items = items;
        this.lists = lists;
        this.access = access;
        this.threads = threads;
        this.settings = settings;
    }

    /** How a read is answered; blocks. */
    private interface Read {
        Answers.@Nullable Given by(Reading reading) throws InterruptedException;
    }

    /** Answers with an item. */
    public void item(Call call, String view, String upstream, Item item) {
        answer(call, view, upstream, reading -> items.byItem(reading, item), ViewOptions::miss);
    }

    /**
     * Answers with the items of a collection.
     *
     * @param collection the collection's path as an item's
     * @param scope header or query parameter that belongs to the items' identity; empty for none
     */
    public void list(Call call, String view, String upstream, Item collection, String scope) {
        answer(
                call,
                view,
                upstream,
                reading -> ListRead.understands(reading, scope, settings)
                        ? lists.page(
                                reading,
                                new ListRead.Of(
                                        scope,
                                        call.head().path(),
                                        collection.subject(),
                                        reading.view().options().list()))
                        : null,
                options -> ViewOptions.Miss.UPSTREAM);
    }

    private void answer(
            Call call, String view, String upstream, Read read, Function<ViewOptions, ViewOptions.Miss> miss) {
        Optional<Views.Running> one = views.find(view);
        if (one.isEmpty() || isStale(one.get().view())) {
            call.proxy(upstream);
            return;
        }
        threads.execute(() -> {
            Answers.Given given = given(call, one.get(), read);
            boolean known = given != null
                    && switch (given.meaning()) {
                        case FOUND -> true;
                        case NOTHING -> miss.apply(one.get().view().options()) == ViewOptions.Miss.NOTFOUND;
                        case OTHER -> false;
                    };
            if (given != null && known) call.answer(given.answer());
            else call.proxy(upstream);
        });
    }

    private Answers.@Nullable Given given(Call call, Views.Running one, Read read) {
        try {
            Optional<Wanted> wanted = Wanted.of(call.head().fields(), settings);
            boolean denied =
                    access.toView(one.view().options(), call.head().fields()).isPresent();
            if (wanted.isEmpty() || denied) return null;
            return read.by(new Reading(
                    one,
                    call.head(),
                    wanted.get(),
                    ListQuery.parameters(call.head().query())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (RuntimeException e) {
            log.warn("event=view.read-failed view={} error=\"{}\"", one.view().name(), e.toString());
            return null;
        }
    }

    private static boolean isStale(View view) {
        return view.live().watermark() == ViewStore.NEVER
                || view.lag().behind().compareTo(view.options().maxLag()) > 0;
    }
}

package io.eventful.view;

import io.eventful.edge.Call;
import io.eventful.edge.ScopeName;
import io.eventful.event.Item;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers reads of captured paths from a view, in the format of the upstream. A read that the view cannot answer goes to
 * the upstream: if the view lags too far behind or is being built, does not know the item or the query parameters, or if
 * the caller has no access to it or does not accept JSON. A key that opens the view stays here.
 */
public final class CapturedReads {

    private static final Logger log = LoggerFactory.getLogger(CapturedReads.class);

    private final Views views;
    private final ItemRead items;
    private final ListRead lists;
    private final ReadGate opened;
    private final Executor threads;
    private final ViewSettings settings;

    CapturedReads(
            Views views, ItemRead items, ListRead lists, ReadGate opened, Executor threads, ViewSettings settings) {
        this.views = views;
        this.items = items;
        this.lists = lists;
        this.opened = opened;
        this.threads = threads;
        this.settings = settings;
    }

    /** Answers with an item. */
    public void item(Call call, String view, String upstream, Item item) {
        answer(call, view, upstream, reading -> items.byItem(reading, item), ViewOptions::miss);
    }

    /**
     * Answers with the items of a collection.
     *
     * @param collection path of the collection, and the source of the items
     * @param scope what in a request is part of the items' identity
     */
    public void list(Call call, String view, String upstream, Item collection, ScopeName scope) {
        answer(
                call,
                view,
                upstream,
                reading -> understands(reading, ListScopes.of(scope))
                        ? lists.page(
                                reading,
                                new ListRead.Of(
                                        collection.source(),
                                        ListScopes.of(scope),
                                        collection.subject(),
                                        collection.subject(),
                                        reading.view().options().list()))
                        : Answers.bad("The view does not support this query."),
                options -> ViewOptions.Miss.UPSTREAM);
    }

    private void answer(
            Call call, String view, String upstream, ReadGate.Read read, Function<ViewOptions, ViewOptions.Miss> miss) {
        Optional<Views.Running> one = views.find(view);
        if (one.isEmpty()
                || isStale(one.get().view())
                || !AcceptHeader.ofJson(call.head().fields())) {
            passOn(call, one, upstream);
            return;
        }
        threads.execute(() -> {
            Optional<Answers.Given> given = given(call, one.get(), read).filter(found -> switch (found.meaning()) {
                case FOUND -> true;
                case NOTHING -> miss.apply(one.get().view().options()) == ViewOptions.Miss.NOTFOUND;
                case OTHER -> false;
            });
            if (given.isPresent()) call.answer(given.get().answer());
            else passOn(call, one, upstream);
        });
    }

    private void passOn(Call call, Optional<Views.Running> one, String upstream) {
        Optional<ViewOptions> options = one.map(running -> running.view().options());
        call.proxy(upstream, opened.ownFields(options, call.head()));
    }

    private Optional<Answers.Given> given(Call call, Views.Running one, ReadGate.Read read) {
        try {
            return Optional.of(opened.read(one, call.head(), read));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException e) {
            log.warn("view.read-failed view={} reason=\"{}\"", one.view().name(), e.toString());
            return Optional.empty();
        }
    }

    /**
     * Whether a list can be answered with these query parameters. A parameter that is not an indexed member may
     * have any meaning at the upstream, such as its own paging.
     */
    private boolean understands(Reading reading, ListScopes scopes) {
        try {
            ListQuery.Within any = new ListQuery.Within("", Set.of(), scopes::isParameter, item -> true, "");
            return ListQuery.parse(reading.head().query(), any, settings)
                            .keepsTo(reading.view().live().members())
                    && reading.parameters().stream().map(Map.Entry::getKey).noneMatch("asOf"::equals);
        } catch (ListQuery.BadQueryException e) {
            return false;
        }
    }

    private static boolean isStale(View view) {
        return view.live().watermark() == ViewStore.NEVER
                || view.lag().behind().compareTo(view.options().maxLag()) > 0;
    }
}

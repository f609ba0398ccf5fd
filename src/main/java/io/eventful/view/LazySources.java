package io.eventful.view;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes the sources of a view on first use, because all routes are loaded only then. */
final class LazySources implements Sources {

    private final Supplier<Sources> search;
    private volatile @Nullable Sources found;

    LazySources(Supplier<Sources> search) {
        this.search = search;
    }

    private Sources found() {
        Sources known = found;
        if (known != null) return known;
        Sources fresh = search.get();
        found = fresh;
        return fresh;
    }

    @Override
    public boolean feed(Change change) {
        return found().feed(change);
    }

    @Override
    public ScopeName scopeOf(Item item) {
        return found().scopeOf(item);
    }

    @Override
    public Set<ScopeName> scopes() {
        return found().scopes();
    }

    @Override
    public Set<ScopeName> ownScopes() {
        return found().ownScopes();
    }

    @Override
    public Passage passage() {
        return found().passage();
    }
}

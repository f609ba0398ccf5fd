package io.eventful.view;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What feeds a view.
 *
 * @param feeding which changes do
 * @param scope what names the scope of every item
 */
record TestSources(Predicate<Change> feeding, ScopeName scope, Passage passage) implements Sources {

    @Override
    public boolean feed(Change change) {
        return feeding.test(change);
    }

    @Override
    public ScopeName scopeOf(Item item) {
        return scope;
    }

    @Override
    public Set<ScopeName> scopes() {
        return scope.isNone() ? Set.of() : Set.of(scope);
    }

    @Override
    public Set<ScopeName> ownScopes() {
        return scopes();
    }
}

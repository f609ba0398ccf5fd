package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What feeds a view.
 *
 * @param feeding which changes do
 * @param scope the header of every item's scope; empty for none
 */
record TestSources(Predicate<Change> feeding, String scope, Passage passage) implements Sources {

    @Override
    public boolean feed(Change change) {
        return feeding.test(change);
    }

    @Override
    public String scopeOf(Item item) {
        return scope;
    }

    @Override
    public Set<String> scopes() {
        return scope.isEmpty() ? Set.of() : Set.of(scope);
    }

    @Override
    public Set<String> ownScopes() {
        return scopes();
    }
}

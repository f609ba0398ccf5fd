package io.eventful.view;

import io.eventful.event.Item;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scopes whose items a list may have. An item is in the list if the caller gives the value of its scope, as for a
 * read of that item.
 *
 * @param names headers or query parameters that contain scopes; the empty one stands for items without a scope
 * @param parameters those that are not a filter when they are in the query
 */
record ListScopes(Set<String> names, Set<String> parameters) {

    /** All scopes of the items of a view. */
    static ListScopes of(View view) {
        Set<String> names = new HashSet<>(view.sources().scopes());
        names.add("");
        return new ListScopes(names, view.sources().ownScopes());
    }

    /**
     * The scope of one route.
     *
     * @param name header or query parameter that contains it; empty for none
     */
    static ListScopes of(String name) {
        return new ListScopes(Set.of(name), name.isEmpty() ? Set.of() : Set.of(name));
    }

    /** The values that the caller gives, each once. */
    Set<String> given(Reading reading) {
        return names.stream().map(reading::scope).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the item is of one of these scopes, and of the value that the caller gives for it. */
    boolean show(Reading reading, Item item) {
        String name = reading.view().sources().scopeOf(item);
        return names.contains(name) && item.scope().equals(reading.scope(name));
    }

    /** The headers and parameters on which the list depends. */
    Set<String> varying() {
        return names.stream().filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}

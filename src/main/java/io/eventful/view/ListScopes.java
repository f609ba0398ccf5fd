package io.eventful.view;

import io.eventful.edge.ScopeName;
import io.eventful.event.Item;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The scopes whose items a list may have. An item is in the list if the caller gives the value of its scope, as for a
 * read of that item.
 *
 * @param names what gives scopes in requests; {@link ScopeName#NONE} stands for items without a scope
 * @param parameters those that are not a filter when they are in the query
 */
record ListScopes(Set<ScopeName> names, Set<ScopeName> parameters) {

    /** All scopes of the items of a view. */
    static ListScopes of(View view) {
        Set<ScopeName> names = new HashSet<>(view.sources().scopes());
        names.add(ScopeName.NONE);
        return new ListScopes(names, view.sources().ownScopes());
    }

    /** The scope of one route. */
    static ListScopes of(ScopeName name) {
        return new ListScopes(Set.of(name), Set.of(name));
    }

    /** The values that the caller gives, each once. */
    Set<String> given(Reading reading) {
        return names.stream().map(reading::scope).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether an item is of one of these scopes, and of the value that the caller gives for it. */
    Predicate<Item> shown(Reading reading) {
        Map<ScopeName, String> given = names.stream().collect(Collectors.toMap(name -> name, reading::scope));
        Sources sources = reading.view().sources();
        return item -> item.scope().equals(given.get(sources.scopeOf(item)));
    }

    /** Whether a query parameter gives a scope, so that it is no filter. */
    boolean isParameter(String parameter) {
        return parameters.stream().anyMatch(scope -> scope.isParameter(parameter));
    }
}

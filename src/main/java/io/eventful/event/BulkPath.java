package io.eventful.event;

import java.util.Optional;

/**
 * A path at which calls write items of another collection, such as {@code /customers/bulk} for {@code /customers}.
 *
 * @param calls template of the path
 * @param items template of the items
 */
public record BulkPath(PathTemplate calls, PathTemplate items) {

    /**
     * Reads the option {@code collection} of a route. Fails with {@link IllegalArgumentException}, whose message names the
     * option and what is allowed.
     *
     * @param template of the route: the path, or items below it
     * @param collection path of the collection; its variables are some of the path's
     */
    public static BulkPath of(PathTemplate template, String collection) {
        PathTemplate calls = template.collection()
                .orElseThrow(() -> wrong(
                        collection,
                        "only where the template names the path of the calls, such as /customers/bulk, which "
                                + template + " does not"));
        PathTemplate items = PathTemplate.ofCollection(collection);
        for (String variable : items.variables().subList(0, items.variables().size() - 1))
            if (!calls.variables().contains(variable))
                throw wrong(
                        collection,
                        "a path whose variables are in the path of the calls, which is " + calls + " and has no {"
                                + variable + "}");
        if (items.collection().filter(calls::sameShape).isPresent())
            throw wrong(collection, "another collection than the template's own; without this option, it has its own");
        return new BulkPath(calls, items);
    }

    private static IllegalArgumentException wrong(String collection, String allowed) {
        return UriOptions.wrong("capture", "collection", collection, allowed);
    }

    /** The canonical path of the collection whose items a call at a path writes; empty if the path is another one. */
    public Optional<String> collection(String path) {
        return calls.item(path).map(match -> items.collection(match.variables()));
    }

    /** Whether calls on the collection of other items are calls at this path. */
    public boolean isCollectionOf(PathTemplate other) {
        return other.collection().filter(calls::sameShape).isPresent();
    }
}

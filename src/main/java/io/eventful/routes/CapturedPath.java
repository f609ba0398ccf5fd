package io.eventful.routes;

import io.eventful.event.BulkPath;
import io.eventful.event.PathTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code capture:} endpoint captures.
 *
 * @param bulk the path of the calls, if they write items of another collection
 */
record CapturedPath(
        EndpointUse use, PathTemplate template, @Nullable BulkPath bulk) {

    /** Fails with {@link IllegalArgumentException} if the endpoint cannot be created either. */
    static CapturedPath of(EndpointUse use) {
        PathTemplate template = PathTemplate.parse(use.name());
        String collection = use.options().getOrDefault("collection", "");
        return new CapturedPath(use, template, collection.isEmpty() ? null : BulkPath.of(template, collection));
    }

    PathTemplate calls() {
        return bulk == null ? template : bulk.calls();
    }

    PathTemplate items() {
        return bulk == null ? template : bulk.items();
    }

    /** Whether its calls are those on the collection of the other one's items. */
    boolean isAtCollectionOf(CapturedPath other) {
        return bulk != null && other.bulk == null && bulk.isCollectionOf(other.template);
    }
}

package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import io.eventful.event.Subjects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The raw path at which an item was called: some systems know it by a slash at its end only. */
public final class CalledPath {

    private CalledPath() {}

    /**
     * The item's path as the first of these changes that has it tells: in its call, or in the {@code Location} of the
     * reply that made the item.
     *
     * @param changes of the item, the latest first
     */
    public static Optional<String> of(Item item, Stream<Change> changes) {
        return changes.flatMap(CalledPath::paths)
                .filter(path -> Subjects.normalise(path).equals(item.subject()))
                .findFirst();
    }

    private static Stream<String> paths(Change change) {
        return Stream.concat(
                Stream.ofNullable(change.request()).map(RequestRecord::target).map(CalledPath::path),
                Stream.ofNullable(change.response()).flatMap(CalledPath::located));
    }

    private static Stream<String> located(ResponseRecord response) {
        return response.headers().getOrDefault("location", List.of()).stream()
                .filter(location -> location.startsWith("/"))
                .map(CalledPath::path)
                .map(Subjects::withoutDotSegments);
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}

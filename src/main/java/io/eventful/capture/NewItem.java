package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.JsonPointers;
import io.eventful.event.PathTemplate;
import io.eventful.event.Subjects;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item that a POST has made, found by what the reply says and never guessed.
 *
 * @param subject canonical path
 * @param target raw path
 */
record NewItem(String subject, String target) {

    /**
     * Finds it: a {@code Location} in the collection, else the id in the reply's body. For a template that does not tell
     * collections from items, a {@code Location} anywhere else comes before the id.
     *
     * @param collection canonical path that was posted to
     * @param locations raw paths that the reply's {@code Location} may mean, the likeliest first
     * @param json the reply's document; null when it has none
     */
    static Optional<NewItem> find(
            CapturePlan plan, String collection, List<String> locations, @Nullable JsonNode json) {
        List<NewItem> located = locations.stream()
                .map(path -> item(plan.template(), path))
                .flatMap(Optional::stream)
                .filter(item -> !item.subject().equals(collection))
                .toList();
        Optional<NewItem> member = located.stream()
                .filter(item -> item.subject().startsWith(CapturePlan.member(collection, "")))
                .findFirst();
        if (member.isPresent()) return member;
        if (plan.template().toString().endsWith("**") && !located.isEmpty()) return Optional.of(located.getFirst());
        return Optional.ofNullable(json)
                .flatMap(document -> JsonPointers.at(document, plan.options().id()))
                .flatMap(NewItem::segment)
                .flatMap(id -> item(plan.template(), CapturePlan.member(collection, id)));
    }

    /**
     * Finds the item within which the reply's {@code Location} is, such as a version of it
     * ({@code /Patient/7/_history/1}): the longest beginning of the path that is an item of the collection.
     *
     * @param locations raw paths that the {@code Location} may mean, the likeliest first
     */
    static Optional<NewItem> around(CapturePlan plan, String collection, List<String> locations) {
        return locations.stream()
                .flatMap(path -> Stream.iterate(
                        path, rest -> !rest.isEmpty(), rest -> rest.substring(0, Math.max(0, rest.lastIndexOf('/')))))
                .map(beginning -> item(plan.template(), beginning))
                .flatMap(Optional::stream)
                .filter(item -> item.subject().startsWith(CapturePlan.member(collection, "")))
                .findFirst();
    }

    private static Optional<NewItem> item(PathTemplate template, String path) {
        // What is not escaped as a target must be would be another request.
        boolean sendable = path.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return template.item(path).map(match -> new NewItem(match.subject(), sendable ? path : match.subject()));
    }

    private static Optional<String> segment(JsonNode id) {
        if (!id.isTextual() && !id.isNumber() || id.asText().isEmpty()) return Optional.empty();
        String escaped = URLEncoder.encode(id.asText(), StandardCharsets.UTF_8).replace("+", "%20");
        // A dot segment is no member of the collection.
        return Subjects.normalise('/' + escaped).equals("/") ? Optional.empty() : Optional.of(escaped);
    }
}

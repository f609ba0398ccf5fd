package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.event.JsonPointers;
import io.eventful.event.PathTemplate;
import io.eventful.event.Subjects;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An item that a POST has made, found by what the reply says and never guessed.
 *
 * @param subject canonical path
 * @param target raw path
 */
record NewItem(String subject, String target) {

    /**
     * Finds it: a {@code Location} in the collection, else the id in the reply's body; for a template that does not
     * tell collections from items, else a {@code Location} anywhere.
     *
     * @param collection canonical path that was posted to
     * @param json the reply's document; null when it has none
     */
    static Optional<NewItem> find(
            CapturePlan plan, String collection, RequestHead head, Fields reply, @Nullable JsonNode json) {
        Optional<NewItem> located = reply.first("location")
                .flatMap(location -> Locations.path(location, head.target()))
                .flatMap(path -> item(plan.template(), path));
        if (located.isPresent() && located.get().subject().startsWith(CapturePlan.member(collection, "")))
            return located;
        Optional<NewItem> numbered = Optional.ofNullable(json)
                .flatMap(document -> JsonPointers.at(document, plan.options().id()))
                .flatMap(NewItem::segment)
                .flatMap(id -> item(plan.template(), CapturePlan.member(collection, id)));
        if (numbered.isPresent()) return numbered;
        return plan.template().toString().endsWith("**") ? located : Optional.empty();
    }

    private static Optional<NewItem> item(PathTemplate template, String path) {
        return template.item(path).map(match -> new NewItem(match.subject(), path));
    }

    private static Optional<String> segment(JsonNode id) {
        if (!id.isTextual() && !id.isNumber() || id.asText().isEmpty()) return Optional.empty();
        String escaped = URLEncoder.encode(id.asText(), StandardCharsets.UTF_8).replace("+", "%20");
        // A dot segment is no member of the collection.
        return Subjects.normalise('/' + escaped).equals("/") ? Optional.empty() : Optional.of(escaped);
    }
}

package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Digest;
import io.eventful.edge.RequestHead;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.JsonPointers;
import io.eventful.ledger.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits the reply to a call that wrote several items (207, RFC 4918 §13, or a JSON array) into the changes of each: the
 * elements at the route's {@code items}, each with its own status at {@code itemStatus} and its own id at {@code id}. The
 * item is what holds the id. All changes of a call share its causation, and each says {@code order: observed}, since a
 * call on many items holds no lane.
 */
final class Batch {

    static final int MULTI_STATUS = 207;
    private static final int CREATED = 201;

    /** {@code 201}, or a status line such as {@code HTTP/1.1 201 Created}. */
    private static final Pattern STATUS = Pattern.compile("(?:HTTP/\\S+ )?([1-5][0-9][0-9])(?: .*)?");

    private final BeforeImages befores;

    Batch(BeforeImages befores) {
        this.befores = befores;
    }

    /** One name for all changes of a call. */
    static String causation(Instant time, RequestHead head, Digest body) {
        String call = time + " " + head.remote() + " " + head.target() + " " + body.digest();
        return "call-" + UUID.nameUUIDFromBytes(call.getBytes(StandardCharsets.UTF_8));
    }

    /** The changes of the elements; empty when the reply has no array where the route expects one. */
    Optional<Settlement> split(Sent sent, Item collection) {
        String pointer = sent.options().items();
        JsonNode document = sent.reply().json();
        if (pointer == null || document == null) return Optional.empty();
        Optional<JsonNode> array = JsonPointers.at(document, pointer).filter(JsonNode::isArray);
        if (array.isEmpty()) return Optional.empty();
        List<Settlement.Applied> changes = new ArrayList<>();
        SentElements elements = new SentElements(sent, array.get());
        // One call may write an item twice: its second change begins where the first ended.
        Map<Item, Content> written = new HashMap<>();
        for (int i = 0; i < array.get().size(); i++) {
            Optional<JsonNode> element = elements.at(i);
            changes.addAll(changes(sent, collection, array.get().get(i), element, written));
        }
        return Optional.of(
                changes.isEmpty() ? new Settlement.Refuted("no-item-done") : new Settlement.Several(changes));
    }

    /**
     * Of one element: none when it was not done.
     *
     * @param sentElement the element of the request that it is about
     */
    private List<Settlement.Applied> changes(
            Sent sent, Item collection, JsonNode element, Optional<JsonNode> sentElement, Map<Item, Content> written) {
        CaptureOptions options = sent.options();
        Optional<Integer> own = status(element, options);
        int status = own.orElse(sent.status());
        boolean told = status != MULTI_STATUS;
        if (told && !options.success().contains(status) || Outcomes.isPending(status, options)) return List.of();
        Optional<NewItem> found = NewItem.find(sent.plan(), collection.subject(), List.of(), element);
        if (found.isEmpty()) {
            Content unknown = Content.unknown("no-id");
            return List.of(
                    applied(sent, collection, EventType.UPDATED, unknown, unknown, Change.Outcome.UNKNOWN, "no-id"));
        }
        Item item =
                new Item(collection.source(), collection.scope(), found.get().subject());
        Content earlier = written.get(item);
        Content before = earlier == null ? befores.last(item) : earlier;
        Content after = after(sent, element, sentElement, before);
        written.put(item, after);
        if (!told)
            return List.of(applied(sent, item, EventType.UPDATED, before, after, Change.Outcome.UNKNOWN, "no-status"));
        // Who posts items and is not told what became of each has made those that nobody knows.
        boolean fresh =
                status == CREATED || sent.write().kind() == Write.Kind.CREATE && own.isEmpty() && !before.showsItem();
        if (earlier == null && fresh)
            return Outcomes.made(sent, item, befores.lastBefore(item, sent.begun()), after, Change.Order.OBSERVED);
        String action = before.image() instanceof Image.Absent ? EventType.CREATED : EventType.UPDATED;
        return List.of(
                applied(sent, item, action, before, after, Change.Outcome.CONFIRMED, Outcomes.reason(before, after)));
    }

    private static Settlement.Applied applied(
            Sent sent,
            Item item,
            String action,
            Content before,
            Content after,
            Change.Outcome outcome,
            @Nullable String reason) {
        return Outcomes.applied(sent, item, action, before, after, Change.Order.OBSERVED, outcome, reason);
    }

    static Optional<Integer> status(JsonNode element, CaptureOptions options) {
        if (options.itemStatus().isEmpty()) return Optional.empty();
        return JsonPointers.at(element, options.itemStatus())
                .map(value -> STATUS.matcher(value.asText()))
                .filter(Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)));
    }

    /** An element that tells its status beside the id is a report and not the item; then what was sent is nearest. */
    private static Content after(Sent sent, JsonNode element, Optional<JsonNode> sentElement, Content before) {
        CaptureOptions options = sent.options();
        String holder = parent(options.id());
        boolean report =
                !options.itemStatus().isEmpty() && parent(options.itemStatus()).equals(holder);
        Optional<JsonNode> item = JsonPointers.at(element, holder).filter(JsonNode::isObject);
        if (!report && item.isPresent()) return Documents.document(item.get(), options);
        // A part of an item is none.
        return sentElement
                .filter(JsonNode::isObject)
                .flatMap(json -> sent.head().method().equals("PATCH")
                        ? Patched.merged(before, json, options)
                        : Optional.of(Documents.document(json, options)))
                .map(Content::derived)
                .orElse(Content.unknown("no-representation"));
    }

    /** Pointers to what must not be kept of a body that may hold several items, in each of them as in the body itself. */
    static Set<String> redacted(JsonNode document, CaptureOptions options) {
        Set<String> pointers = new LinkedHashSet<>(options.redact());
        String items = options.items() == null ? "" : options.items();
        JsonNode array = JsonPointers.at(document, items).orElse(document);
        for (int i = 0; i < (array.isArray() ? array.size() : 0); i++)
            for (String pointer : options.redact()) {
                pointers.add(items + '/' + i + parent(options.id()) + pointer);
                pointers.add(items + '/' + i + pointer);
            }
        // What is sent is an array of bare items.
        for (int i = 0; i < (document.isArray() ? document.size() : 0); i++)
            for (String pointer : options.redact()) pointers.add("/" + i + pointer);
        return pointers;
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }
}

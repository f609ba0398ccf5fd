package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Expected header fields: a name may be written in any case, and a value as a number or truth value, which is its text. */
final class HeaderFields {

    private static final String HEADERS = "headers";
    private static final String ATTEMPTS = "attempts";

    private HeaderFields() {}

    /** An expectation with header fields as they are compared, also those of attempts in it. */
    static Yam in(Yam expected) {
        if (!(expected instanceof Yam.Mapping mapping)) return expected;
        Map<String, Yam.Member> members = new LinkedHashMap<>(mapping.members());
        members.computeIfPresent(HEADERS, (name, member) -> new Yam.Member(member.name(), fields(member.value())));
        members.computeIfPresent(ATTEMPTS, (name, member) -> new Yam.Member(member.name(), each(member.value())));
        return new Yam.Mapping(mapping.spot(), members);
    }

    private static Yam each(Yam attempts) {
        return attempts instanceof Yam.Listing listing
                ? new Yam.Listing(
                        listing.spot(),
                        listing.elements().stream().map(HeaderFields::in).toList())
                : attempts;
    }

    private static Yam fields(Yam headers) {
        if (!(headers instanceof Yam.Mapping mapping)) return headers;
        Map<String, Yam.Member> fields = new LinkedHashMap<>();
        mapping.members()
                .forEach((name, member) -> fields.put(
                        name.toLowerCase(Locale.ROOT), new Yam.Member(member.name(), value(member.value()))));
        return new Yam.Mapping(mapping.spot(), fields);
    }

    /** The value of a field as it is compared. */
    static Yam value(Yam written) {
        if (!(written instanceof Yam.Value(Spot spot, JsonNode json))) return written;
        return json.isNumber() || json.isBoolean()
                ? new Yam.Value(spot, TextNode.valueOf(json.isNumber() ? Json.text(json) : json.asText()))
                : written;
    }
}

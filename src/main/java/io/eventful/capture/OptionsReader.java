package io.eventful.capture;

import io.eventful.capture.CaptureOptions.After;
import io.eventful.capture.CaptureOptions.Before;
import io.eventful.capture.CaptureOptions.Commands;
import io.eventful.capture.CaptureOptions.Position;
import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.JsonPointers;
import io.eventful.event.PathTemplate;
import io.eventful.event.UriOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Reads the options of a {@code capture:} route, and says what is wrong with one that cannot be read. */
final class OptionsReader {

    /** Larger documents are no trees to hold in memory; they are digested. */
    private static final DataSize MAX_BODY_LIMIT = DataSize.ofMegabytes(64);

    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "upstream",
            "queryUpstream",
            "resource",
            "id",
            "items",
            "itemStatus",
            "collection",
            "actions",
            "success",
            "before",
            "after",
            "guarantee",
            "order",
            "laneWait",
            "commands",
            "queries",
            "scope",
            "bodyLimit",
            "redact",
            "exposePosition",
            "ifMatch"));
    /** Identities are kept and told; credentials are neither. */
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "cookie", "proxy-authorization", "x-api-key");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, String> values;
    private final UriOptions options;

    OptionsReader(Map<String, String> values) {
        this.values = values;
        this.options = new UriOptions("capture", values);
    }

    CaptureOptions read() {
        for (String name : values.keySet())
            if (!NAMES.contains(name))
                throw new IllegalArgumentException(
                        "capture: has no option " + name + "; its options are " + String.join(", ", NAMES));
        return new CaptureOptions(
                matching("upstream", "default", NAME, "the name of an upstream"),
                values.containsKey("upstream") ? CaptureOptions.Addressing.OPTION : CaptureOptions.Addressing.EDGE,
                values.containsKey("queryUpstream")
                        ? matching("queryUpstream", "", NAME, "the name of an upstream")
                        : "",
                values.containsKey("resource")
                        ? matching("resource", "", NAME, "a name of letters, digits, - and _")
                        : "",
                options.value(
                        "id", "/id", OptionsReader::pointer, "a JSON Pointer to the id of the new item, such as /id"),
                values.containsKey("items")
                        ? options.value(
                                "items",
                                "#",
                                OptionsReader::array,
                                "a JSON Pointer to the array of items in a response, such as #/results, or # for the"
                                        + " whole response")
                        : null,
                values.containsKey("itemStatus")
                        ? options.value(
                                "itemStatus",
                                "/status",
                                OptionsReader::pointer,
                                "a JSON Pointer to the status of an element, such as /status")
                        : "",
                collection(),
                options.value(
                        "actions",
                        "",
                        OptionsReader::actions,
                        "path segments separated by commas, such as cancel,ship," + " but none of the reserved actions "
                                + new TreeSet<>(EventType.ACTIONS)),
                options.value(
                        "success", "200-299", StatusRanges::parse, "status codes and ranges, such as 200-299,304"),
                options.oneOf("before", Before.LEDGER, Before.values()),
                options.oneOf("after", After.AUTO, After.values()),
                options.oneOf("guarantee", Change.Guarantee.INTENT, Change.Guarantee.values()),
                options.oneOf("order", Change.Order.LANE, Change.Order.values()),
                options.value("laneWait", "2s", OptionsReader::duration, "a duration of 0s to 1h, such as 500ms or 2s"),
                options.oneOf("commands", Commands.SYNC, Commands.values()),
                queries(),
                options.value(
                        "scope",
                        "",
                        OptionsReader::scope,
                        "the name of a request header or query parameter that is not a"
                                + " credential, such as header:X-Tenant or query:tenant"),
                options.value(
                        "bodyLimit",
                        "1MB",
                        OptionsReader::size,
                        "a size of 1B to " + MAX_BODY_LIMIT.toMegabytes() + "MB, such as 1MB or 256KB"),
                options.value(
                        "redact",
                        "",
                        OptionsReader::pointers,
                        "JSON Pointers separated by commas, such as /ssn,/card/number"),
                options.value("exposePosition", "false", OptionsReader::position, "true or false"),
                options.oneOf("ifMatch", CaptureOptions.IfMatch.OPTIONAL, CaptureOptions.IfMatch.values()));
    }

    private String collection() {
        if (!values.containsKey("collection")) return "";
        String collection = options.value(
                "collection",
                "",
                OptionsReader::path,
                "the path of a collection, such as /customers or /tenants/{tenant}/customers");
        if (values.containsKey("items")) return collection;
        throw options.wrong(
                "collection",
                collection,
                "together with items only, which says where the response has the items, such as items=#");
    }

    private String queries() {
        String queries = values.getOrDefault("queries", "upstream");
        if (queries.equals("upstream")) return queries;
        if (queries.matches("view:[A-Za-z0-9][A-Za-z0-9._-]*")) return queries;
        throw options.wrong("queries", queries, "upstream or view:NAME");
    }

    private String matching(String name, String standard, Pattern pattern, String allowed) {
        String text = values.getOrDefault(name, standard).strip();
        if (!pattern.matcher(text).matches()) throw options.wrong(name, text, allowed);
        return text;
    }

    private static String pointer(String text) {
        if (JsonPointers.tokens(text).isEmpty()) throw new IllegalArgumentException("the root is no member");
        return text;
    }

    /** Also as a URI fragment (RFC 6901 §6), of which {@code #} is the whole document. */
    private static String array(String text) {
        String pointer = text.startsWith("#") ? text.substring(1) : text;
        JsonPointers.tokens(pointer);
        return pointer;
    }

    private static String path(String text) {
        if (PathTemplate.ofCollection(text).toString().contains("**"))
            throw new IllegalArgumentException("no collection");
        return text;
    }

    private static ScopeName scope(String text) {
        ScopeName scope = ScopeName.parse(text);
        boolean name = text.isEmpty() || TOKEN.matcher(scope.name()).matches();
        if (!name || CREDENTIALS.contains(scope.name().toLowerCase(Locale.ROOT)))
            throw new IllegalArgumentException("no scope");
        return scope;
    }

    private static Set<String> actions(String text) {
        Set<String> actions = new LinkedHashSet<>();
        for (String action : list(text)) {
            if (!SEGMENT.matcher(action).matches() || EventType.ACTIONS.contains(action))
                throw new IllegalArgumentException("no action");
            actions.add(action);
        }
        return actions;
    }

    private static List<String> pointers(String text) {
        return list(text).stream().map(OptionsReader::pointer).toList();
    }

    private static List<String> list(String text) {
        if (text.isEmpty()) return List.of();
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) parts.add(part.strip());
        return parts;
    }

    private static Duration duration(String text) {
        Duration duration = DurationStyle.detectAndParse(text);
        if (duration.isNegative() || duration.compareTo(Duration.ofHours(1)) > 0)
            throw new IllegalArgumentException("out of range");
        return duration;
    }

    private static int size(String text) {
        DataSize size = DataSize.parse(text);
        if (size.toBytes() < 1 || size.compareTo(MAX_BODY_LIMIT) > 0)
            throw new IllegalArgumentException("out of range");
        return (int) size.toBytes();
    }

    private static Position position(String text) {
        return switch (text) {
            case "true" -> Position.EXPOSED;
            case "false" -> Position.HIDDEN;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}

package io.eventful.capture;

import io.eventful.edge.OwnNames;
import io.eventful.edge.Queries;
import io.eventful.edge.RequestHead;
import io.eventful.edge.ScopeName;
import io.eventful.event.BulkPath;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Item;
import io.eventful.event.PathTemplate;
import io.eventful.event.Subjects;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is captured at one template.
 *
 * @param template of the items
 * @param bulk the path that is captured, when it writes the items of a collection elsewhere; null when the items
 *     themselves and their collection are captured
 * @param options the same for all routes of the template
 * @param routes ids of the routes that have the template
 */
record CapturePlan(PathTemplate template, @Nullable BulkPath bulk, CaptureOptions options, List<String> routes) {

    private static final String VIEW = "view:";

    CapturePlan {
        routes = List.copyOf(routes);
    }

    /** The plan of one route; fails with {@link IllegalArgumentException} when its options do not fit its template. */
    static CapturePlan of(PathTemplate template, CaptureOptions options, String route) {
        List<String> routes = List.of(route);
        if (options.collection().isEmpty()) return new CapturePlan(template, null, options, routes);
        BulkPath bulk = BulkPath.of(template, options.collection());
        return new CapturePlan(bulk.items(), bulk, options, routes);
    }

    /** The same at the items themselves. */
    CapturePlan ofItems() {
        return new CapturePlan(template, null, options, routes);
    }

    /** The same for other routes. */
    CapturePlan to(List<String> ids) {
        return new CapturePlan(template, bulk, options, ids);
    }

    /** The same with other options. */
    CapturePlan with(CaptureOptions others) {
        return new CapturePlan(template, bulk, others, routes);
    }

    /** Template of the paths of its calls: the items, or the one path at which calls write them. */
    PathTemplate calls() {
        return bulk == null ? template : bulk.calls();
    }

    /** CloudEvents source of the items of an upstream. */
    static String source(String upstream) {
        return "/upstreams/" + upstream;
    }

    /** The same for the items of one upstream. */
    CapturePlan at(String upstream) {
        return with(options.at(upstream));
    }

    /** The write that a request is; empty when it is none that this template captures. */
    Optional<Write> write(RequestHead head) {
        String path = Subjects.normalise(head.path());
        if (bulk != null) return bulk.collection(path).flatMap(collection -> several(head.method(), collection));
        return switch (head.method()) {
            case "PUT" -> onItem(Write.Kind.PUT, head, EventType.UPDATED).or(() -> batch(path));
            case "PATCH" -> onItem(Write.Kind.PATCH, head, EventType.UPDATED).or(() -> batch(path));
            case "DELETE" -> onItem(Write.Kind.DELETE, head, EventType.DELETED);
            case "POST" ->
                action(head).or(() -> template.isCollection(path) ? Optional.of(create(path)) : Optional.empty());
            default -> Optional.empty();
        };
    }

    /** What a read asks for; empty when it is at none of this template's items or collections. */
    Optional<ViewQuery> query(RequestHead head) {
        if (bulk != null) return Optional.empty();
        String view = options.queries().startsWith(VIEW) ? options.queries().substring(VIEW.length()) : "";
        Optional<String> item = template.item(head.path()).map(PathTemplate.Match::subject);
        if (item.isEmpty() && !template.isCollection(head.path())) return Optional.empty();
        return Optional.of(new ViewQuery(
                view,
                reads(head),
                item(item.orElseGet(() -> Subjects.normalise(head.path())), head),
                options.scope(),
                item.isPresent() ? ViewQuery.Target.ITEM : ViewQuery.Target.COLLECTION));
    }

    /**
     * Which upstream answers a read that no view answers. Who names a position wants to read a write of theirs, which the
     * upstream of the writes has for certain.
     */
    private String reads(RequestHead head) {
        return options.queryUpstream().isEmpty()
                        || head.fields().first(OwnNames.MIN_POSITION).isPresent()
                ? options.upstream()
                : options.queryUpstream();
    }

    /** The upstream that a read of these items or their collections goes to; empty when the route names none for reads. */
    Optional<String> queryUpstream(RequestHead head) {
        return options.queryUpstream().isEmpty() ? Optional.empty() : Optional.of(reads(head));
    }

    private Optional<Write> onItem(Write.Kind kind, RequestHead head, String action) {
        return template.item(head.path())
                .map(match -> new Write(
                        kind,
                        match.subject(),
                        withScope(rawPath(head.target()), head),
                        resource(match.subject()),
                        action));
    }

    private Optional<Write> action(RequestHead head) {
        if (options.actions().isEmpty()) return Optional.empty();
        return template.action(head.path(), options.actions())
                .map(match -> new Write(
                        Write.Kind.ACTION,
                        match.item().subject(),
                        withScope(parent(rawPath(head.target())), head),
                        resource(match.item().subject()),
                        match.name()));
    }

    private Optional<Write> batch(String path) {
        return options.items() != null && template.isCollection(path) ? Optional.of(change(path)) : Optional.empty();
    }

    private Optional<Write> several(String method, String collection) {
        return switch (method) {
            case "POST" -> Optional.of(create(collection));
            case "PUT", "PATCH" -> Optional.of(change(collection));
            default -> Optional.empty();
        };
    }

    private Write change(String collection) {
        return new Write(Write.Kind.BATCH, collection, "", resource(member(collection, "new")), EventType.UPDATED);
    }

    private Write create(String collection) {
        return new Write(Write.Kind.CREATE, collection, "", resource(member(collection, "new")), EventType.CREATED);
    }

    /** The noun for event types about an item. */
    String resource(String subject) {
        return options.resource().isEmpty() ? template.resource(subject) : options.resource();
    }

    /** The identity of an item that a request speaks of. */
    Item item(String subject, RequestHead head) {
        return new Item(source(options.upstream()), options.scope().of(head), subject);
    }

    /**
     * The scope's parameter, raw, for a call about the item of an earlier one; empty when the scope does not come in the
     * query. Of a value that was not recorded, the item tells what it was.
     *
     * @param target of the earlier call, as it was recorded
     */
    Optional<String> scopeParameter(Item item, String target) {
        int question = target.indexOf('?');
        return options.scope()
                .parameterIn(question < 0 ? "" : target.substring(question + 1))
                .flatMap(raw -> {
                    int value = raw.indexOf('=') + 1;
                    if (Queries.decoded(raw.substring(value)).equals(item.scope())) return Optional.of(raw);
                    return RecordedHeads.isMasked(raw.substring(value))
                            ? Optional.of(raw.substring(0, value) + Queries.encoded(item.scope()))
                            : Optional.empty();
                })
                .or(() -> scopeParameter(item));
    }

    /** The same for the first of some changes that is of a call. */
    Optional<String> scopeParameter(Item item, List<Change> changes) {
        return changes.stream()
                .map(Change::request)
                .filter(Objects::nonNull)
                .findFirst()
                .map(request -> scopeParameter(item, request.target()))
                .orElseGet(() -> scopeParameter(item));
    }

    /** The same where no earlier call shows how the scope was given. */
    private Optional<String> scopeParameter(Item item) {
        boolean known = options.scope().place() == ScopeName.Place.QUERY;
        return known && !item.scope().isEmpty()
                ? Optional.of(options.scope().parameter(item.scope()))
                : Optional.empty();
    }

    /** A path as the item of which an image is fetched: with the scope's parameter, when the scope came in the query. */
    String withScope(String rawPath, RequestHead head) {
        if (options.scope().of(head).isEmpty()) return rawPath;
        return options.scope()
                .parameterIn(head.query())
                .map(parameter -> rawPath + '?' + parameter)
                .orElse(rawPath);
    }

    /** The path of a member of a collection. */
    static String member(String collection, String segment) {
        return collection.equals("/") ? '/' + segment : collection + '/' + segment;
    }

    static String rawPath(String target) {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    private static String parent(String rawPath) {
        int end = rawPath.length();
        while (end > 1 && rawPath.charAt(end - 1) == '/') end--;
        int slash = rawPath.lastIndexOf('/', end - 1);
        return slash <= 0 ? "/" : rawPath.substring(0, slash);
    }

    /**
     * The raw path at which the item of an earlier call is seen; empty when that call was to create it.
     *
     * @param method of the call
     * @param target raw target of the call, as it was recorded
     */
    String target(Item item, String method, String target) {
        String path = rawPath(target);
        Optional<String> parameter = scopeParameter(item, target);
        String own = method.equals("POST") ? parent(path) : path;
        boolean itself = template.item(own)
                .filter(match -> match.subject().equals(item.subject()))
                .isPresent();
        if (!itself) return "";
        return parameter.map(text -> own + '?' + text).orElse(own);
    }
}

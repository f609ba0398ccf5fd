package io.eventful.view;

import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.edge.ScopeName;
import io.eventful.event.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One read request for a view.
 *
 * @param one the view
 * @param head head of the request
 * @param wanted required freshness of the response
 * @param parameters parsed query parameters
 */
record Reading(
        Views.Running one, RequestHead head, RequiredFreshness wanted, List<Map.Entry<String, String>> parameters) {

    View view() {
        return one.view();
    }

    /** The first value of a parameter; empty if absent. */
    String parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The scope that the request gives. */
    String scope(ScopeName name) {
        return name.of(head);
    }

    /**
     * The source of the item, if the caller chooses between items at one path; else empty. In place of the upstream, and as
     * the name of a scope, the parameter means something else.
     */
    String source() {
        boolean own = head.path().startsWith(ViewResources.PREFIX)
                && view().sources().scopes().stream().noneMatch(scope -> scope.isParameter("source"));
        return own ? parameter("source") : "";
    }

    /**
     * The head of the question to the upstream whether the caller may read an item. It is about the scope of that item,
     * wherever the upstream looks for scopes.
     */
    RequestHead headFor(Item item) {
        Fields fields = view().sources().scopeOf(item).in(head.fields(), item.scope());
        return new RequestHead(
                head.method(),
                head.target(),
                head.path(),
                head.query(),
                fields,
                head.authority(),
                head.scheme(),
                head.remote());
    }

    /** The raw query of that question: without the parameters of the view. */
    String queryFor(Item item) {
        List<String> kept = new ArrayList<>();
        for (String part : head.query().split("&")) if (!part.isEmpty() && !isOwn(part)) kept.add(part);
        return view().sources().scopeOf(item).in(String.join("&", kept), item.scope());
    }

    private boolean isOwn(String part) {
        return part.startsWith("fields=")
                || part.startsWith("asOf=")
                || (part.startsWith("source=") && !source().isEmpty());
    }
}

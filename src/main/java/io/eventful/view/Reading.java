package io.eventful.view;

import io.eventful.edge.RequestHead;
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

    /** The scope of the request, from the header or query parameter with the given name. */
    String scope(String name) {
        return name.isEmpty() ? "" : head.fields().first(name).orElseGet(() -> parameter(name));
    }

    /**
     * The source of the item, if the caller chooses between items at one path; else empty. In place of the upstream, and as
     * the name of a scope, the parameter means something else.
     */
    String source() {
        boolean own = head.path().startsWith(ViewResources.PREFIX)
                && !view().sources().scopes().contains("source");
        return own ? parameter("source") : "";
    }

    /** The raw query without the parameters of the view, for requests to the upstream. */
    String foreignQuery() {
        List<String> kept = new ArrayList<>();
        for (String part : head.query().split("&")) if (!part.isEmpty() && !isOwn(part)) kept.add(part);
        return String.join("&", kept);
    }

    private boolean isOwn(String part) {
        return part.startsWith("fields=")
                || part.startsWith("asOf=")
                || (part.startsWith("source=") && !source().isEmpty());
    }
}

package io.eventful.view;

import io.eventful.edge.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One read of a view.
 *
 * @param one the view
 * @param head of the request
 * @param wanted how fresh the reply must be
 * @param parameters of the query, read
 */
record Reading(Views.Running one, RequestHead head, Wanted wanted, List<Map.Entry<String, String>> parameters) {

    View view() {
        return one.view();
    }

    /** The first value of a parameter; empty for none. */
    String parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The scope that the request names, in the header or query parameter of a name. */
    String scope(String name) {
        return name.isEmpty() ? "" : head.fields().first(name).orElseGet(() -> parameter(name));
    }

    /** The raw query without the view's own parameters: what the upstream may be asked with. */
    String foreignQuery() {
        List<String> kept = new ArrayList<>();
        for (String part : head.query().split("&"))
            if (!part.isEmpty() && !part.startsWith("fields=") && !part.startsWith("asOf=")) kept.add(part);
        return String.join("&", kept);
    }
}

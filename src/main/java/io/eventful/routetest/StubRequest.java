package io.eventful.routetest;

import java.util.List;
import java.util.Map;

/**
 * A request that a stand-in has received.
 *
 * @param target path and query as sent
 * @param headers names in lower case
 */
record StubRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? "" : String.join(", ", values);
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}

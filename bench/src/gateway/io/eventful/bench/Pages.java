package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pages of changes, as an operator asks for them.
 *
 * @param port of the admin interface
 * @param key file with the admin key
 * @param entries of the ledger
 */
record Pages(int port, Path key, int entries) {

    private static final int CALLS = 30;

    /** A row of a table for each filter. */
    String rows() throws IOException, InterruptedException {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("first page", "");
        queries.put("page in the middle", "after=" + entries / 2);
        queries.put("of a resource", "resource=order3");
        queries.put("of a resource, page in the middle", "resource=order3&after=" + entries / 2);
        queries.put("of a subject", "subject=/orders/17");
        queries.put("of a resource that there is not", "resource=none");
        queries.put("of unknown outcome", "outcome=unknown");
        StringBuilder text = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Map.Entry<String, String> query : queries.entrySet()) {
                long[] nanos = new long[CALLS];
                long first = time(client, query.getValue());
                for (int call = 0; call < CALLS; call++) nanos[call] = time(client, query.getValue());
                Times times = Times.of(nanos);
                text.append("| `GET /api/changes`, %s: first, p50, most, ms | 50 | %.1f, %.1f, %.1f |%n"
                        .formatted(query.getKey(), first / 1e6, times.millis(0.5), times.millis(1)));
            }
        }
        return text.toString();
    }

    private long time(HttpClient client, String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/changes?" + query))
                .header("Authorization", "Bearer " + Files.readString(key).strip())
                .build();
        long start = System.nanoTime();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException(query + " answered " + response.statusCode());
        return System.nanoTime() - start;
    }
}

package io.eventful.bench;

import io.eventful.cli.BenchGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Makes subscriptions, as anybody would. */
final class Subscribers {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI subscriptions;
    private final String key;

    Subscribers(BenchGateway gateway) throws Exception {
        subscriptions = URI.create(gateway.admin() + "/api/subscriptions");
        key = gateway.key();
    }

    void add(String channel, List<URI> sinks) throws Exception {
        for (URI sink : sinks) {
            String json =
                    "{\"sink\":\"" + sink + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"" + channel + "\"}}";
            HttpResponse<String> reply = http.send(
                    HttpRequest.newBuilder(subscriptions)
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 201) throw new IllegalStateException(reply.statusCode() + " " + reply.body());
        }
    }
}

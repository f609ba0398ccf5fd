package io.eventful.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The admin API as a program outside uses it. */
public final class AdminClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI admin;
    private final String key;

    public AdminClient(URI admin, String key) {
        this.admin = admin;
        this.key = key;
    }

    /** A call with a JSON body (empty for none); the reply's body must be JSON or empty. */
    public HttpResponse<String> call(String method, String path, String body) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(admin.resolve(path))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    body.isEmpty()
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The JSON of a successful call. */
    public JsonNode json(String method, String path, String body) {
        HttpResponse<String> reply = call(method, path, body);
        if (reply.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " gave " + reply.statusCode() + " " + reply.body());
        }
        return parse(reply.body());
    }

    /** Subscribes a sink; gives the reply, with the secret. */
    public JsonNode subscribe(URI sink, String more) {
        return json(
                "POST",
                "/api/subscriptions",
                "{\"sink\":\"" + sink + "\",\"protocol\":\"HTTP\"" + (more.isEmpty() ? "" : "," + more) + "}");
    }

    /** All items of a list, from all its pages. */
    public List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            String separator = path.contains("?") ? "&" : "?";
            JsonNode page = json("GET", path + separator + "limit=200" + cursor, "");
            page.get("items").forEach(items::add);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return items;
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

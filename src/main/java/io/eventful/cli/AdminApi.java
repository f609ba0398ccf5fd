package io.eventful.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Client of the admin API for the commands; turns problem details into messages. */
final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Response time-out: a test event may take as long as the longest configurable attempt. */
    private static final Duration REPLY = Duration.ofMinutes(6);

    private static final int PAGE = 500;

    private final AdminOptions options;
    private final UnaryOperator<String> places;

    AdminApi(AdminOptions options) {
        this(options, pointer -> pointer);
    }

    /** @param places how the place of a problem is told, by its JSON pointer in what was sent */
    AdminApi(AdminOptions options, UnaryOperator<String> places) {
        this.options = options;
        this.places = places;
    }

    JsonNode get(String path) {
        return send("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return send("POST", path, body);
    }

    void delete(String path) {
        send("DELETE", path, "");
    }

    /** All items of a list, from all its pages. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE + after);
            page.path("items").forEach(items::add);
            after = page.path("next").isTextual()
                    ? "&after=" + segment(page.path("next").textValue())
                    : "";
        } while (!after.isEmpty());
        return items;
    }

    /**
     * Some items of a list.
     *
     * @param next where the following items begin; empty if there are none
     */
    record Items(List<JsonNode> items, String next) {

        /** As the gateway replies with a page. */
        JsonNode reply() {
            ObjectNode reply = JSON.createObjectNode();
            reply.putArray("items").addAll(items);
            return reply.put("next", next.isEmpty() ? null : next);
        }
    }

    /**
     * Up to a number of items of a list, from as many of its pages as are needed; a page may be empty though others follow.
     *
     * @param begin what was {@code next} of the items before; empty for the first ones
     */
    Items upTo(String path, int limit, String begin) {
        List<JsonNode> items = new ArrayList<>();
        String next = begin;
        do {
            String after = next.isEmpty() ? "" : "&after=" + segment(next);
            int wanted = Math.min(PAGE, limit - items.size());
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=" + wanted + after);
            page.path("items").forEach(items::add);
            next = page.path("next").asText("");
        } while (!next.isEmpty() && items.size() < limit);
        return new Items(items, next);
    }

    /** The newest position of the ledger, found by binary search; 0 if it is empty. */
    long newestPosition() {
        long known = after(0);
        if (known == 0) return 0;
        long beyond = 2 * known;
        while (true) {
            long next = after(beyond);
            if (next == 0) break;
            known = next;
            beyond = 2 * next;
        }
        while (beyond - known > 1) {
            long middle = known + (beyond - known) / 2;
            long next = after(middle);
            if (next == 0) beyond = middle;
            else known = next;
        }
        long last = after(known);
        return last == 0 ? known : last;
    }

    /** The next position after one, or 0 if there is none. */
    private long after(long position) {
        return get("/api/changes?limit=1&after=" + position)
                .at("/items/0/position")
                .asLong();
    }

    /** A text encoded as a path segment or query value. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws CommandException if the gateway does not respond or rejects the key
     * @throws RefusedException if it rejects the request */
    private JsonNode send(String method, String path, String body) {
        return json(exchange(method, path, body));
    }

    /** A response that is not JSON. */
    String text(String path) {
        return exchange("GET", path, "");
    }

    private String exchange(String method, String path, String body) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<String> reply = client.send(
                    options.request(path)
                            .timeout(REPLY)
                            .header("Content-Type", "application/json")
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (reply.statusCode() / 100 != 2) throw refused(reply);
            return reply.body();
        } catch (IOException e) {
            throw unreachable(options, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }

    /** A call without a reply, with the reason if there is more to tell than that nothing listens there. */
    static CommandException unreachable(AdminOptions options, IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        String reason = root.getMessage() == null || failure instanceof ConnectException ? "" : root.getMessage();
        return new CommandException("no gateway responds at " + options.admin()
                + (reason.isEmpty() ? "" : " (" + reason + ")")
                + "; check that it is running and that --admin is correct");
    }

    private CommandException refused(HttpResponse<String> reply) {
        if (reply.statusCode() == 401)
            return new CommandException("the gateway at " + options.admin() + " rejected the admin key;"
                    + " set --key or EVENTFUL_ADMIN_KEY, or name the gateway's data folder with --data");
        JsonNode problem = json(reply.body());
        StringBuilder message = new StringBuilder(problem.path("title").asText("the gateway rejected the request"));
        JsonNode errors = problem.path("errors");
        if (errors.isEmpty())
            message.append(": ").append(problem.path("detail").asText("status " + reply.statusCode()));
        for (JsonNode error : errors)
            message.append(System.lineSeparator())
                    .append("  ")
                    .append(places.apply(error.path("pointer").asText()))
                    .append(' ')
                    .append(error.path("detail").asText())
                    .append(". ")
                    .append(error.path("remedy").asText());
        return new RefusedException(message.toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}

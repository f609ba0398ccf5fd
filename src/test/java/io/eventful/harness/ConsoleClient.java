package io.eventful.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without JavaScript, as far as the console needs one: follows nothing by itself. */
public final class ConsoleClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI admin;
    private String cookie = "";

    public ConsoleClient(URI admin) {
        this.admin = admin;
    }

    /** Signs in; gives the reply. */
    public HttpResponse<String> signIn(String key) {
        HttpResponse<String> reply = send("POST", "/console/sign-in", "key=" + encoded(key));
        reply.headers().firstValue("set-cookie").ifPresent(set -> cookie = set.split(";")[0]);
        return reply;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** Sends a form with the token that the pages of this session have. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, "_csrf=" + encoded(token()) + (form.isEmpty() ? "" : "&" + form));
    }

    /** Sends a form and goes where the reply says; gives that page. */
    public String act(String path, Map<String, String> fields) {
        HttpResponse<String> reply = post(path, fields);
        if (reply.statusCode() / 100 != 3)
            throw new IllegalStateException(path + " gave " + reply.statusCode() + " " + reply.body());
        return get(URI.create(location(reply)).getRawPath()
                        + (URI.create(location(reply)).getRawQuery() == null
                                ? ""
                                : "?" + URI.create(location(reply)).getRawQuery()))
                .body();
    }

    public static String location(HttpResponse<String> reply) {
        return reply.headers().firstValue("location").orElseThrow();
    }

    public String token() {
        Matcher matcher = TOKEN.matcher(get("/console/replays").body());
        if (!matcher.find()) throw new IllegalStateException("the page has no token");
        return matcher.group(1);
    }

    public HttpResponse<String> send(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(admin + path))
                .method(
                        method,
                        form.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(form));
        if (!form.isEmpty()) request.header("Content-Type", "application/x-www-form-urlencoded");
        if (!cookie.isEmpty()) request.header("Cookie", cookie);
        if (headers.length > 0) request.headers(headers);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

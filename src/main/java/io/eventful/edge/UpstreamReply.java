package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reply of an upstream, whose body is still to be read or forwarded. */
final class UpstreamReply implements Reply {

    private final EdgeLoop loop;
    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final BodyStream body;
    private @Nullable Fields fields;
    private volatile @Nullable CompletableFuture<Body> ahead;
    private boolean over;

    UpstreamReply(
            EdgeLoop loop,
            String upstream,
            HttpClientRequest request,
            HttpClientResponse response,
            Function<ReadStream<Buffer>, BodyStream> bodies) {
        this.loop = loop;
        this.request = request;
        this.response = response;
        response.end().onComplete(end -> over = true);
        if (isBodiless()) {
            response.exceptionHandler(broken -> {});
            body = BodyStream.none();
        } else {
            body = bodies.apply(response);
            response.exceptionHandler(cause -> body.failed(Failures.brokenOff(upstream, cause)));
        }
    }

    /** Why a reply cannot be forwarded, judged by its header section; null if it can. */
    static @Nullable UpstreamException refusal(String upstream, Outgoing request, HttpClientResponse response) {
        int status = response.statusCode();
        if (status < 200 && (status != 101 || request.upgrade().isEmpty()))
            return Failures.unknownInterim(upstream, status);
        List<String> codings = response.headers().getAll("transfer-encoding");
        boolean understood =
                codings.isEmpty() || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
        return understood ? null : Failures.unknownCoding(upstream);
    }

    /** RFC 9112 §6.3: a reply to HEAD and these statuses have no body, whatever their fields say. */
    boolean isBodiless() {
        int status = response.statusCode();
        return request.getMethod() == HttpMethod.HEAD || status == 204 || status == 304 || status < 200;
    }

    @Override
    public int status() {
        return response.statusCode();
    }

    String reason() {
        return response.statusMessage();
    }

    MultiMap headers() {
        return response.headers();
    }

    MultiMap trailers() {
        return response.trailers();
    }

    BodyStream body() {
        return body;
    }

    HttpClientResponse response() {
        return response;
    }

    /**
     * Discards the rest of the reply and closes the upstream connection, unless the reply has ended: then the connection
     * may already serve another call. Releases the memory in any case. A paused end is noticed when the body is resumed.
     */
    void cancel() {
        if (over) {
            body.release();
            return;
        }
        body.discard();
        loop.later(() -> {
            if (!over) request.reset(UpstreamCall.CANCEL);
        });
    }

    void closeConnection() {
        request.connection().close();
    }

    @Override
    public Fields fields() {
        Fields known = fields;
        if (known == null) {
            List<Fields.Field> all = new ArrayList<>();
            for (Map.Entry<String, String> entry : response.headers()) {
                all.add(new Fields.Field(entry.getKey(), entry.getValue()));
            }
            known = new Fields(all);
            fields = known;
        }
        return known;
    }

    /** Reads the beginning of the body before it is requested. */
    CompletionStage<Body> readAhead(int limit) {
        CompletableFuture<Body> reading = body.read(limit);
        ahead = reading;
        return reading;
    }

    @Override
    public CompletionStage<Body> body(int limit) {
        CompletableFuture<Body> known = ahead;
        if (known != null) return known;
        CompletableFuture<Body> result = new CompletableFuture<>();
        loop.execute(() -> EdgeCall.relay(body.read(limit), result));
        return result;
    }

    @Override
    public CompletionStage<Digest> digest() {
        return body.digest();
    }
}

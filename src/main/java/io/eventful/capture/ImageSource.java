package io.eventful.capture;

import io.eventful.edge.Destinations;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.UpstreamException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the REST system for the state of items. */
final class ImageSource {

    private final Upstreams upstreams;
    private final Documents documents;
    private final Duration timeout;
    private final Whose whose;

    /** Whose credentials there are, besides the upstream's. */
    private enum Whose {
        CALLERS,
        NOBODYS
    }

    ImageSource(Upstreams upstreams, Documents documents, Duration timeout) {
        this(upstreams, documents, timeout, Whose.CALLERS);
    }

    private ImageSource(Upstreams upstreams, Documents documents, Duration timeout, Whose whose) {
        this.upstreams = upstreams;
        this.documents = documents;
        this.timeout = timeout;
        this.whose = whose;
    }

    /**
     * The same when callers have their replies. Where the upstream has no credential of its own, nobody is asked: what is
     * shown to everybody proves nothing.
     */
    ImageSource afterwards() {
        return new ImageSource(upstreams, documents, timeout, Whose.NOBODYS);
    }

    /** Where calls go for which no route names an upstream. */
    Destinations destinations() {
        return upstreams.destinations();
    }

    /** True when the upstream can be asked without a caller's credentials. */
    boolean hasCredential(String upstream) {
        return upstreams.hasCredential(upstream);
    }

    /**
     * The raw paths that a field of a reply may mean: as the upstream sees them and as they are here, the latter first;
     * none when there is no such field, or no path in it.
     */
    List<String> paths(Sent sent, String field) {
        return sent.fields()
                .first(field)
                .flatMap(text -> Locations.path(text, sent.head().target()))
                .map(path -> List.of(upstreams.seenAs(sent.options().upstream(), sent.head(), path), path))
                .orElse(List.of());
    }

    /** The fields of a caller's request that let the gateway see what the caller sees. They are never kept. */
    static Fields credentials(Fields request) {
        return new Fields(request.entries().stream()
                .filter(field -> field.name().equalsIgnoreCase("authorization")
                        || field.name().equalsIgnoreCase("cookie")
                        || field.name().equalsIgnoreCase("host"))
                .toList());
    }

    /**
     * GETs an item.
     *
     * @param item whose state is asked for
     * @param target raw path of the item, with the query parameter of its scope when that comes in the query
     * @param caller the caller's credentials; used when the upstream has none of its own
     */
    Look look(Item item, String target, Fields caller, CaptureOptions options) throws InterruptedException {
        if (whose == Whose.NOBODYS && !hasCredential(options.upstream())) return new Look.NotAsked();
        // The upstream's own credential takes the place of the caller's.
        Fields fields = options.scope().in(caller.and("Accept", "application/json"), item.scope());
        try {
            Upstreams.Fetched reply = upstreams
                    .get(options.upstream(), target, fields, options.bodyLimit())
                    .toCompletableFuture()
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return seen(reply, options);
        } catch (TimeoutException e) {
            return new Look.Unreachable("timeout");
        } catch (ExecutionException e) {
            return new Look.Unreachable(
                    e.getCause() instanceof UpstreamException upstream ? String.valueOf(upstream.status()) : "error");
        }
    }

    private Look seen(Upstreams.Fetched reply, CaptureOptions options) {
        int status = reply.status();
        if (status == 404 || status == 410) return new Look.Seen(Content.ABSENT, reply.fields());
        if (status == 429 || status >= 500) return new Look.Unreachable(String.valueOf(status));
        if (status != 200) return new Look.Refused(status);
        Digest digest = Documents.digest(reply.body(), reply.fields());
        return new Look.Seen(documents.read(reply.body(), digest, reply.fields(), options), reply.fields());
    }
}

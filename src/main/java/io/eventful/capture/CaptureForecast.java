package io.eventful.capture;

import io.eventful.edge.Call;
import io.eventful.edge.Destinations;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.RequestHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a set of routes captures, told without a gateway: the table is that of the running gateway, and nothing is sent,
 * stored or started. Immutable.
 */
public final class CaptureForecast {

    private final CaptureTable table;

    private CaptureForecast(CaptureTable table) {
        this.table = table;
    }

    /** Who takes a request; a marker, which serves no call. */
    public sealed interface Taker extends Handler {
        @Override
        default void handle(Call call) {
            throw new UnsupportedOperationException("a forecast serves no calls");
        }
    }

    /** Routes capture the request. */
    public record Captured(CapturedRequest request) implements Taker {}

    /** A view answers the read, or passes it to an upstream. */
    public record AnsweredByView(ViewQuery query) implements Taker {}

    /** The read goes to the upstream that a route names for reads. */
    public record ReadFrom(String upstream) implements Taker {}

    /**
     * The forecast for routes.
     *
     * @param sources the Camel endpoint that each route begins with, by the id of the route; others than {@code capture:}
     *     are ignored
     * @param destinations of the calls of routes that name no upstream
     * @throws IllegalArgumentException when the routes contradict each other, as at the start of the gateway
     */
    public static CaptureForecast of(Map<String, ?> sources, Destinations destinations) {
        Collection<CaptureRoute> routes = new ArrayList<>();
        sources.forEach((id, source) -> {
            if (source instanceof CaptureEndpoint endpoint)
                routes.add(new CaptureRoute(id, endpoint.template(), endpoint.options(), (change, done) -> {
                    throw new UnsupportedOperationException("a forecast has no changes");
                }));
        });
        return new CaptureForecast(CaptureTable.of(routes, destinations));
    }

    /** The matcher of the data port; what it finds is a {@link Taker}. */
    public Matcher matcher() {
        return head -> table.matcher(
                        found -> new Captured(new CapturedRequest(table, found, head)),
                        AnsweredByView::new,
                        ReadFrom::new)
                .match(head);
    }

    /**
     * Why the routes of each template do not capture a request that no route captures; the nearest template first.
     */
    public List<Miss> misses(RequestHead head) {
        return Miss.of(table.plans(head), head);
    }
}

package io.eventful.receive;

import io.eventful.edge.Call;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which {@code webhook-in:} routes receive a request, told without a gateway. Immutable. */
public final class ReceiveForecast {

    private final Map<String, Received> doors;

    private ReceiveForecast(Map<String, Received> doors) {
        this.doors = Map.copyOf(doors);
    }

    /**
     * Routes receive the request, if its signature is valid. A marker, which serves no call.
     *
     * @param routes ids of the routes
     * @param path normalised
     * @param provider the option {@code provider}
     */
    public record Received(List<String> routes, String path, String provider) implements Handler {
        public Received {
            routes = List.copyOf(routes);
        }

        /** CloudEvents source of its events. */
        public String source() {
            return Door.source(path);
        }

        @Override
        public void handle(Call call) {
            throw new UnsupportedOperationException("a forecast serves no calls");
        }
    }

    /**
     * The forecast for routes.
     *
     * @param sources the Camel endpoint that each route begins with, by the id of the route; others than {@code
     *     webhook-in:} are ignored
     */
    public static ReceiveForecast of(Map<String, ?> sources) {
        Map<String, Received> doors = new HashMap<>();
        sources.forEach((id, source) -> {
            if (!(source instanceof WebhookInEndpoint endpoint)) return;
            List<String> routes = new ArrayList<>();
            Received known = doors.get(endpoint.path());
            if (known != null) routes.addAll(known.routes());
            routes.add(id);
            doors.put(
                    endpoint.path(),
                    new Received(routes, endpoint.path(), endpoint.options().provider()));
        });
        return new ReceiveForecast(doors);
    }

    /** The matcher of the data port; what it finds is {@link Received}. */
    public Matcher matcher() {
        return head -> Door.at(doors, head);
    }
}

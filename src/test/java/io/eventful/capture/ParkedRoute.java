package io.eventful.capture;

import static org.awaitility.Awaitility.await;

import io.eventful.ledger.Ledger;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongPredicate;

/** For the tests of other packages: a running route {@code customers} that has parked two changes of each of two items. */
public final class ParkedRoute implements AutoCloseable {

    private final RestSystem system;
    private final Gateway gateway;
    private final CaptureRoute route;
    private volatile LongPredicate broken = position -> true;

    public ParkedRoute(Path folder) throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system);
        route = gateway.start(
                "customers",
                "/customers/{id}",
                Map.of(),
                (change, done) ->
                        done.accept(broken.test(change.position()) ? new IllegalStateException("not now") : null));
        for (int n = 1; n <= 2; n++)
            for (int item = 1; item <= 2; item++) gateway.call("PUT", "/customers/" + item, "{\"n\":" + n + "}");
        await().until(() -> ledger().relayed().parked("customers").size() == 4);
    }

    public Captures captures() {
        return gateway.captures;
    }

    public Ledger ledger() {
        return gateway.ledger();
    }

    public void mend() {
        broken = position -> false;
    }

    /** The change at one position cannot be handled still. */
    public void mendAllBut(long last) {
        broken = position -> position == last;
    }

    /** The route is gone. */
    public void stop() {
        gateway.captures.unregister(route);
    }

    @Override
    public void close() throws Exception {
        gateway.close();
        system.close();
    }
}

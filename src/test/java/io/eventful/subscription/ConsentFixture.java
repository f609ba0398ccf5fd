package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.StoreUnavailableException;
import io.eventful.store.TestStores;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose sinks are asked by a client of the test, at times that the test decides. */
abstract class ConsentFixture {

    static final String ORIGIN = "gateway.example";

    @TempDir
    Path folder;

    record Asked(URI target, Map<String, String> headers) {}

    /** Runs what is due at once, but only when the test says so. */
    static final class Later extends ScheduledThreadPoolExecutor {
        final List<Runnable> waiting = new CopyOnWriteArrayList<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            waiting.add(command);
            return super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final Later later = new Later();
    volatile Supplier<CompletionStage<ConsentClient.Reply>> sink = () -> reply(200);
    final AtomicInteger refusals = new AtomicInteger();
    Databases stores;
    StoredSubscriptions subscriptions;
    ConsentCallbacks callbacks;
    ConsentRequests requests;

    static CompletionStage<ConsentClient.Reply> reply(int status, String... headers) {
        Map<String, List<String>> fields = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) fields.put(headers[i], List.of(headers[i + 1]));
        return CompletableFuture.completedFuture(new ConsentClient.Reply(status, fields));
    }

    void open(SubscriptionPolicy.Consent consent) {
        SecureRandom random = new SecureRandom();
        Vault vault = new Vault(MasterKey.load(null, folder, random), random);
        stores = TestStores.sqlite(folder);
        SubscriptionPolicy policy =
                new SubscriptionPolicy(List.of(), consent, Duration.ZERO, ORIGIN, URI.create("https://gw.example/"));
        Positions positions = new Positions() {
            @Override
            public long ledgerHead() {
                return 0;
            }

            @Override
            public long publicationHead() {
                return 0;
            }
        };
        subscriptions = new StoredSubscriptions(
                new SubscriptionStore(refusing(stores.open("delivery")), new SubscriptionTable(vault)),
                new Identifiers(Clock.systemUTC(), random),
                Clock.systemUTC(),
                positions,
                policy);
        callbacks = new ConsentCallbacks(subscriptions, vault);
        ConsentClient client = (target, headers, credential) -> {
            asked.add(new Asked(target, headers));
            return sink.get();
        };
        requests = new ConsentRequests(subscriptions, callbacks, () -> client, policy, later);
        requests.start();
    }

    /** A store that refuses so many writes. */
    private Database refusing(Database store) {
        return (Database) Proxy.newProxyInstance(
                ConsentFixture.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                    if (method.isDefault()) return InvocationHandler.invokeDefault(proxy, method, arguments);
                    if (method.getName().equals("write") && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @AfterEach
    void close() throws Exception {
        requests.stop();
        ((AutoCloseable) stores).close();
        later.shutdownNow();
    }

    Subscription create(String members) {
        return subscriptions.create(Samples.request(members));
    }

    Status status(Subscription subscription) {
        return subscriptions.find(subscription.id()).orElseThrow().status();
    }

    void awaitStatus(Subscription subscription, Status.State state, String reason) {
        await().untilAsserted(() -> assertThat(status(subscription)).isEqualTo(new Status(state, reason)));
    }
}

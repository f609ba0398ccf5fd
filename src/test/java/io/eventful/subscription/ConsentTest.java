package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.StoreUnavailableException;
import io.eventful.store.TestStores;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentTest {

    private static final String ORIGIN = "gateway.example";

    @TempDir
    Path folder;

    private record Asked(URI target, Map<String, String> headers) {}

    /** Runs what is due at once, but only when the test says so. */
    private static final class Later extends ScheduledThreadPoolExecutor {
        private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            waiting.add(command);
            return super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }
    }

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Later later = new Later();
    private volatile Supplier<CompletionStage<ConsentClient.Reply>> sink = () -> reply(200);
    private final AtomicInteger refusals = new AtomicInteger();
    private Databases stores;
    private StoredSubscriptions subscriptions;
    private ConsentCallbacks callbacks;
    private ConsentRequests requests;

    private static CompletionStage<ConsentClient.Reply> reply(int status, String... headers) {
        Map<String, List<String>> fields = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) fields.put(headers[i], List.of(headers[i + 1]));
        return CompletableFuture.completedFuture(new ConsentClient.Reply(status, fields));
    }

    private void open(SubscriptionPolicy.Consent consent) {
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
                ConsentTest.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
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

    private Subscription create(String members) {
        return subscriptions.create(Samples.request(members));
    }

    private Status status(Subscription subscription) {
        return subscriptions.find(subscription.id()).orElseThrow().status();
    }

    private void awaitStatus(Subscription subscription, Status.State state, String reason) {
        await().untilAsserted(() -> assertThat(status(subscription)).isEqualTo(new Status(state, reason)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionPolicy.Consent.class,
            names = {"REQUIRED", "OPTIONAL"})
    void aSinkIsAskedAgainWhenItsAnswerCouldNotBeKept(SubscriptionPolicy.Consent consent) {
        open(consent);
        CompletableFuture<ConsentClient.Reply> answer = new CompletableFuture<>();
        sink = () -> answer;
        Subscription made = create("'config':{}");
        await().until(() -> asked.size() == 1);
        refusals.set(1);
        answer.complete(reply(200, "webhook-allowed-origin", ORIGIN)
                .toCompletableFuture()
                .join());
        await().until(() -> later.waiting.size() == 1);
        later.waiting.getFirst().run();
        await().until(() -> subscriptions.find(made.id()).orElseThrow().consented());
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
    }

    @Test
    void aSinkThatCannotBeReachedIsAskedAgainWhenThatCouldNotBeKept() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        CompletableFuture<ConsentClient.Reply> answer = new CompletableFuture<>();
        sink = () -> answer;
        Subscription made = create("'config':{}");
        await().until(() -> asked.size() == 1);
        refusals.set(1);
        answer.completeExceptionally(new java.net.ConnectException("refused"));
        await().until(() -> later.waiting.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", ORIGIN);
        later.waiting.getFirst().run();
        awaitStatus(made, Status.State.ACTIVE, "");
    }

    @Test
    void aSinkThatAgreesBecomesActiveWithItsRateAsCeiling() throws Exception {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> reply(405, "webhook-allowed-origin", ORIGIN, "webhook-allowed-rate", "60");
        Subscription made = create("'config':{'ratelimit':10}");
        awaitStatus(made, Status.State.ACTIVE, "");
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(60);
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(made.request().sink());
            assertThat(request.headers())
                    .containsEntry("WebHook-Request-Origin", ORIGIN)
                    .containsEntry("WebHook-Request-Rate", "600")
                    .hasEntrySatisfying(
                            "WebHook-Request-Callback",
                            callback -> assertThat(callback)
                                    .startsWith("https://gw.example/.eventful/consent/" + made.id()));
        });
        requests.stop();
        ((AutoCloseable) stores).close();
        open(SubscriptionPolicy.Consent.REQUIRED);
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(60);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200,,,consent-not-given",
        "405,,,consent-not-given",
        "200,gateway.example.evil.tld,*,consent-for-other-origin",
        "200,gateway.exampl,*,consent-for-other-origin",
        "200,https://gateway.example,*,consent-for-other-origin",
        "200,gateway.example,,consent-without-rate",
        "200,gateway.example,0,consent-rate-invalid",
        "200,gateway.example,-1,consent-rate-invalid",
        "200,gateway.example,many,consent-rate-invalid"
    })
    void whateverTheStatusOnlyTheExactHeadersAreConsent(int status, String origin, String rate, String reason) {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> origin == null
                ? reply(status)
                : rate == null
                        ? reply(status, "webhook-allowed-origin", origin)
                        : reply(status, "webhook-allowed-origin", origin, "webhook-allowed-rate", rate);
        Subscription made = create("'config':{'ratelimit':1}");
        awaitStatus(made, Status.State.PENDING, reason);
    }

    @ParameterizedTest
    @CsvSource({"*,*,0", "gateway.example,*,0", "*,120,120", "gateway.example,,0"})
    void everyFormOfConsentIsUnderstood(String origin, String rate, int ceiling) {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> rate == null
                ? reply(200, "webhook-allowed-origin", origin)
                : reply(200, "webhook-allowed-origin", origin, "webhook-allowed-rate", rate);
        Subscription made = create("");
        awaitStatus(made, Status.State.ACTIVE, "");
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(ceiling);
        assertThat(asked.getFirst().headers()).doesNotContainKey("WebHook-Request-Rate");
    }

    @Test
    void aCallbackAfterARefusalIsConsent() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        Subscription made = create("'config':{'ratelimit':2}");
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
        String callback = asked.getFirst().headers().get("WebHook-Request-Callback");
        String token = callback.substring(callback.lastIndexOf('/') + 1);
        assertThat(callbacks.granted(token, "0")).isEqualTo(ConsentCallbacks.Result.INVALID_RATE);
        assertThat(callbacks.granted(token + "x", null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(callbacks.granted("sub_x-" + token, null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(callbacks.granted("", null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(status(made).state()).isEqualTo(Status.State.PENDING);
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.ACCEPTED);
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.ACCEPTED);
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(120);

        subscriptions.replace(made.id(), Samples.requests().parse(Samples.json("{'sink':'https://other.example/'}")));
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
    }

    @Test
    void aSinkThatCannotBeReachedIsAskedAgainLater() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> CompletableFuture.failedFuture(new java.io.IOException("refused"));
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, "consent-unreachable");
        await().until(() -> later.waiting.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", "*");
        later.waiting.getFirst().run();
        awaitStatus(made, Status.State.ACTIVE, "");
    }

    @Test
    void whoIsPendingIsAskedAtTheNextStartAndOnResume() throws Exception {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> CompletableFuture.failedFuture(new java.io.IOException("refused"));
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, "consent-unreachable");
        requests.stop();
        ((AutoCloseable) stores).close();
        sink = () -> reply(403);
        open(SubscriptionPolicy.Consent.REQUIRED);
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
        sink = () -> reply(200, "webhook-allowed-origin", ORIGIN);
        subscriptions.status(made.id(), Status.ACTIVE);
        awaitStatus(made, Status.State.ACTIVE, "");
    }

    @Test
    void whereConsentIsOptionalNoAnswerChangesNothing() {
        open(SubscriptionPolicy.Consent.OPTIONAL);
        Subscription silent = create("");
        assertThat(silent.status()).isEqualTo(Status.ACTIVE);
        await().until(() -> asked.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", "*", "webhook-allowed-rate", "30");
        Subscription agreeing = create("");
        await().until(() -> subscriptions.find(agreeing.id()).orElseThrow().rateCeiling() == 30);
        assertThat(status(silent)).isEqualTo(Status.ACTIVE);
    }
}

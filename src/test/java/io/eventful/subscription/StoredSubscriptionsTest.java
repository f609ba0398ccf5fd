package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSubscriptionsTest {

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private Instant now = Samples.TIME;
    private long ledgerHead = 100;
    private long publicationHead = 900;
    private Databases stores;
    private StoredSubscriptions subscriptions;

    @BeforeEach
    void open() {
        open(SubscriptionPolicy.Consent.NONE, null);
    }

    private void open(SubscriptionPolicy.Consent consent, @Nullable String masterKey) {
        stores = TestStores.sqlite(folder);
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        Positions positions = new Positions() {
            @Override
            public long ledgerHead() {
                return ledgerHead;
            }

            @Override
            public long publicationHead() {
                return publicationHead;
            }
        };
        subscriptions = new StoredSubscriptions(
                new SubscriptionStore(
                        stores.open("delivery"),
                        new SubscriptionTable(new Vault(MasterKey.load(masterKey, folder, random), random))),
                new Identifiers(clock, random),
                clock,
                positions,
                new SubscriptionPolicy(List.of(), consent, Duration.ofHours(24), "gw.example", null));
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) stores).close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    private Event event(String type) {
        return Samples.event(type, "/customers/42", 101, "{}");
    }

    @Test
    void aSubscriptionIsEffectiveAtOnceAndAfterReopening() throws Exception {
        Subscription made =
                subscriptions.create(Samples.request("'types':['customer.created'],'source':'/upstreams/default',"
                        + "'filters':[{'prefix':{'subject':'/customers/'}},{'sql':\"pattern = 'state'\"},{'data':{'a':[1]}}],"
                                .replace("\"", "'")
                                .replace("'pattern = 'state''", "'EXISTS pattern'")
                        + "'protocolsettings':{'headers':{'X-Tenant':'blue'}},"
                        + "'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'},"
                        + "'config':{'channel':'customers','contentmode':'structured','ordering':'none','ratelimit':5,"
                        + "'start':'17','labels':{'team':'crm'}}"));
        reopen();
        Subscription kept = subscriptions.find(made.id()).orElseThrow();
        assertThat(kept.secrets()).isEqualTo(made.secrets());
        assertThat(kept.createdAt()).isEqualTo(made.createdAt());
        assertThat(kept.status()).isEqualTo(Status.ACTIVE);
        assertThat(kept.startPosition()).isEqualTo(16);
        assertThat(kept.publicationBoundary()).isEqualTo(900);
        assertThat(kept.request().config()).isEqualTo(made.request().config());
        assertThat(kept.request().headers()).isEqualTo(made.request().headers());
        assertThat(kept.request().sinkCredential()).isEqualTo(made.request().sinkCredential());
        assertThat(kept.request().filterDocument()).isEqualTo(made.request().filterDocument());
        assertThat(kept.request().types()).isEqualTo(made.request().types());
        Event event = Samples.event("customer.created", "/customers/1", 101, "{'a':1}");
        assertThat(subscriptions.matching("customers", event)).containsExactly(kept);
        assertThat(subscriptions.matching("orders", event)).isEmpty();
        assertThat(subscriptions.matching(
                        "customers", Samples.event("customer.created", "/customers/1", 101, "{'a':2}")))
                .isEmpty();
        assertThat(subscriptions.matching(
                        "customers", Samples.event("customer.created", "/customers/1", 16, "{'a':1}")))
                .isEmpty();
    }

    @Test
    void withoutAChannelEveryChannelButTheGatewaysOwnIsMeant() throws Exception {
        Subscription all = subscriptions.create(Samples.request(""));
        Subscription operations = subscriptions.create(Samples.request("'config':{'channel':'eventful.operations'}"));
        assertThat(subscriptions.matching("customers", event("a"))).containsExactly(all);
        assertThat(subscriptions.matching("eventful.operations", event("a"))).containsExactly(operations);
    }

    @Test
    void anEventFromBeforeTheSubscriptionIsLeftOut() throws Exception {
        Subscription now = subscriptions.create(Samples.request(""));
        Subscription earliest = subscriptions.create(Samples.request("'config':{'start':'earliest'}"));
        assertThat(subscriptions.matching("c", Samples.event("a", "/x/1", 100, "{}")))
                .containsExactly(earliest);
        assertThat(subscriptions.matching("c", Samples.event("a", "/x/1", 101, "{}")))
                .containsExactlyInAnyOrder(now, earliest);
        Event foreign = new Event("f", "/x", "a", null, null, null, null, java.util.Map.of(), new byte[0]);
        assertThat(subscriptions.matching("c", foreign)).containsExactlyInAnyOrder(now, earliest);
    }

    @Test
    void aReplacementActsAtOnceAndKeepsIdSecretAndStart() throws Exception {
        Subscription made = subscriptions.create(Samples.request("'types':['a']"));
        Subscription changed = subscriptions
                .replace(made.id(), Samples.request("'types':['b','c']"))
                .orElseThrow();
        assertThat(changed.secrets()).isEqualTo(made.secrets());
        assertThat(changed.startPosition()).isEqualTo(made.startPosition());
        assertThat(subscriptions.matching("x", event("a"))).isEmpty();
        assertThat(subscriptions.matching("x", event("b"))).containsExactly(changed);
        reopen();
        assertThat(subscriptions.matching("x", event("c"))).hasSize(1);
        assertThat(subscriptions.replace("sub_none", Samples.request(""))).isEmpty();
    }

    @Test
    void aDeletedOneIsGoneForGood() throws Exception {
        List<Subscription> told = new ArrayList<>();
        subscriptions.listen(told::add);
        Subscription made = subscriptions.create(Samples.request(""));
        assertThat(subscriptions.delete(made.id())).isTrue();
        assertThat(subscriptions.delete(made.id())).isFalse();
        assertThat(subscriptions.matching("x", event("a"))).isEmpty();
        reopen();
        assertThat(subscriptions.find(made.id())).isEmpty();
        assertThat(told)
                .extracting(subscription -> subscription.status().state())
                .containsExactly(Status.State.ACTIVE, Status.State.DELETED);
    }

    @Test
    void aStatusIsKeptAndPausedOnesStillMatch() throws Exception {
        Subscription made = subscriptions.create(Samples.request(""));
        subscriptions.status(made.id(), new Status(Status.State.DISABLED, "gone"));
        reopen();
        assertThat(subscriptions.find(made.id()).orElseThrow().status())
                .isEqualTo(new Status(Status.State.DISABLED, "gone"));
        assertThat(subscriptions.matching("x", event("a"))).hasSize(1);
    }

    @Test
    void rotationLetsTheOldSecretSignUntilTheOverlapEnds() throws Exception {
        Subscription made = subscriptions.create(Samples.request(""));
        String first = made.secrets().getFirst().text();
        assertThat(Base64.getDecoder().decode(first.substring("whsec_".length())))
                .hasSize(32);
        Subscription rotated = subscriptions.rotate(made.id()).orElseThrow();
        assertThat(rotated.secrets()).hasSize(2);
        assertThat(rotated.secrets().getFirst().text()).startsWith("whsec_").isNotEqualTo(first);
        assertThat(rotated.secrets().get(1)).isEqualTo(new Subscription.Secret(first, now.plus(Duration.ofHours(24))));
        reopen();
        assertThat(subscriptions.find(made.id()).orElseThrow().secrets()).isEqualTo(rotated.secrets());
        now = now.plus(Duration.ofHours(25));
        assertThat(subscriptions.rotate(made.id()).orElseThrow().secrets())
                .extracting(Subscription.Secret::text)
                .doesNotContain(first)
                .hasSize(2);
    }

    @Test
    void atMostTenSecretsSign() throws Exception {
        String id = subscriptions.create(Samples.request("")).id();
        IntStream.range(0, 15).forEach(i -> subscriptions.rotate(id));
        assertThat(subscriptions.find(id).orElseThrow().secrets()).hasSize(10);
    }

    @Test
    void neitherSecretsNorCredentialsAreReadableInTheFiles() throws Exception {
        Subscription made = subscriptions.create(
                Samples.request("'sinkcredential':{'credentialtype':'ACCESSTOKEN','accesstoken':'tok-very-secret'}"));
        subscriptions.rotate(made.id());
        String secret = made.secrets().getFirst().text();
        close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain(secret, "tok-very-secret");
            }
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        open();
    }

    @Test
    void anotherMasterKeyStopsTheStartAndSaysWhatIsNeeded() throws Exception {
        subscriptions.create(Samples.request(""));
        close();
        String other = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() -> open(SubscriptionPolicy.Consent.NONE, other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("EVENTFUL_MASTER_KEY");
        close();
        assertThatThrownBy(() -> open(SubscriptionPolicy.Consent.NONE, "c2hvcnQ="))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ=");
        close();
        open();
        assertThat(subscriptions.list("", 10)).hasSize(1);
    }

    @Test
    void pagesGoThroughAllInOrderOfCreation() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            if (i % 3 == 0) now = now.plusMillis(1);
            made.add(subscriptions.create(Samples.request("")).id());
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        for (List<Subscription> page = subscriptions.list(after, 10); !page.isEmpty(); ) {
            page.forEach(subscription -> seen.add(subscription.id()));
            page = subscriptions.list(seen.getLast(), 10);
        }
        assertThat(seen).isEqualTo(made);
        assertThat(made).allSatisfy(id -> assertThat(id).matches("sub_[0-9a-z]{26}"));
    }

    @Test
    void theBoundaryIsReadWhenTheSubscriptionIsAlreadyLive() throws Exception {
        long[] matched = {-1};
        Event event = event("a");
        publicationHead = 1;
        StoredSubscriptions[] self = {subscriptions};
        close();
        stores = TestStores.sqlite(folder);
        Positions positions = new Positions() {
            @Override
            public long ledgerHead() {
                return 0;
            }

            @Override
            public long publicationHead() {
                matched[0] = self[0].matching("x", event).size();
                return 77;
            }
        };
        self[0] = new StoredSubscriptions(
                new SubscriptionStore(
                        stores.open("delivery"),
                        new SubscriptionTable(new Vault(MasterKey.load(null, folder, random), random))),
                new Identifiers(Clock.systemUTC(), random),
                Clock.systemUTC(),
                positions,
                new SubscriptionPolicy(List.of(), SubscriptionPolicy.Consent.NONE, Duration.ZERO, "gw.example", null));
        assertThat(self[0].create(Samples.request("")).publicationBoundary()).isEqualTo(77);
        assertThat(matched[0]).isOne();
    }

    @Test
    void whereConsentIsRequiredOnlyConsentMakesActive() throws Exception {
        close();
        open(SubscriptionPolicy.Consent.REQUIRED, null);
        Subscription made = subscriptions.create(Samples.request(""));
        assertThat(made.status()).isEqualTo(new Status(Status.State.PENDING, "consent-pending"));
        assertThat(subscriptions
                        .status(made.id(), Status.ACTIVE)
                        .orElseThrow()
                        .status()
                        .state())
                .isEqualTo(Status.State.PENDING);
        Subscription agreed = subscriptions
                .consented(made.id(), new Subscription.Consent(made.request().sink(), 60))
                .orElseThrow();
        assertThat(agreed.status()).isEqualTo(Status.ACTIVE);
        assertThat(agreed.rateCeiling()).isEqualTo(60);
        Subscription moved = subscriptions
                .replace(
                        made.id(),
                        Samples.requests().parse(Samples.json("{'sink':'https://other.example/','protocol':'HTTP'}")))
                .orElseThrow();
        assertThat(moved.status().state()).isEqualTo(Status.State.PENDING);
        assertThat(moved.rateCeiling()).isZero();
    }
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.store.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry promises on every store. */
abstract class RegistryContract {

    @TempDir
    Path folder;

    Registry registry;

    abstract Databases databases();

    @BeforeEach
    void open() {
        registry = new Registry(this::databases, folder);
        registry.open();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static Event event(String type) {
        return Samples.event(type, "/customers/42", 101, "{}");
    }

    /** A start that came later would have what is past sent at the next start of the gateway. */
    @Test
    void whereItBeganStaysWhenItIsReplaced() {
        Subscription made = registry.subscriptions.create(Samples.request(""));
        Subscription early = registry.subscriptions.create(Samples.request("'config':{'start':'earliest'}"));
        for (Subscription each : List.of(made, early)) {
            registry.subscriptions.replace(each.id(), Samples.request("'types':['a'],'config':{'start':'7'}"));
            Subscription now = registry.subscriptions.find(each.id()).orElseThrow();
            assertThat(now.request().types()).containsExactly("a");
            assertThat(now.request().config().start())
                    .isEqualTo(each.request().config().start());
        }
    }

    @Test
    void aSubscriptionIsEffectiveAtOnceAndAfterReopening() {
        Subscription made = registry.subscriptions.create(
                Samples.request("'types':['customer.created'],'source':'/upstreams/default',"
                        + "'filters':[{'prefix':{'subject':'/customers/'}},{'sql':\"pattern = 'state'\"},{'data':{'a':[1]}}],"
                                .replace("\"", "'")
                                .replace("'pattern = 'state''", "'EXISTS pattern'")
                        + "'protocolsettings':{'headers':{'X-Tenant':'blue'}},"
                        + "'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'},"
                        + "'config':{'channel':'customers','contentmode':'structured','ordering':'none','ratelimit':5,"
                        + "'start':'17','labels':{'team':'crm'}}"));
        registry.reopen();
        Subscription kept = registry.subscriptions.find(made.id()).orElseThrow();
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
        assertThat(registry.subscriptions.matching("customers", event)).containsExactly(kept);
        assertThat(registry.subscriptions.matching("orders", event)).isEmpty();
        assertThat(registry.subscriptions.matching(
                        "customers", Samples.event("customer.created", "/customers/1", 101, "{'a':2}")))
                .isEmpty();
        assertThat(registry.subscriptions.matching(
                        "customers", Samples.event("customer.created", "/customers/1", 16, "{'a':1}")))
                .isEmpty();
    }

    @Test
    void withoutAChannelEveryChannelButTheGatewaysOwnIsMeant() {
        Subscription all = registry.subscriptions.create(Samples.request(""));
        Subscription operations =
                registry.subscriptions.create(Samples.request("'config':{'channel':'eventful.operations'}"));
        assertThat(registry.subscriptions.matching("customers", event("a"))).containsExactly(all);
        assertThat(registry.subscriptions.matching("eventful.operations", event("a")))
                .containsExactly(operations);
    }

    @Test
    void anEventFromBeforeTheSubscriptionIsLeftOut() {
        Subscription fromNow = registry.subscriptions.create(Samples.request(""));
        Subscription earliest = registry.subscriptions.create(Samples.request("'config':{'start':'earliest'}"));
        assertThat(registry.subscriptions.matching("c", Samples.event("a", "/x/1", 100, "{}")))
                .containsExactly(earliest);
        assertThat(registry.subscriptions.matching("c", Samples.event("a", "/x/1", 101, "{}")))
                .containsExactlyInAnyOrder(fromNow, earliest);
        Event foreign = new Event("f", "/x", "a", null, null, null, null, java.util.Map.of(), new byte[0]);
        assertThat(registry.subscriptions.matching("c", foreign)).containsExactlyInAnyOrder(fromNow, earliest);
    }

    @Test
    void aReplacementActsAtOnceAndKeepsIdSecretAndStart() {
        Subscription made = registry.subscriptions.create(Samples.request("'types':['a']"));
        Subscription changed = registry.subscriptions
                .replace(made.id(), Samples.request("'types':['b','c']"))
                .orElseThrow();
        assertThat(changed.secrets()).isEqualTo(made.secrets());
        assertThat(changed.startPosition()).isEqualTo(made.startPosition());
        assertThat(registry.subscriptions.matching("x", event("a"))).isEmpty();
        assertThat(registry.subscriptions.matching("x", event("b"))).containsExactly(changed);
        registry.reopen();
        assertThat(registry.subscriptions.matching("x", event("c"))).hasSize(1);
        assertThat(registry.subscriptions.replace("sub_none", Samples.request("")))
                .isEmpty();
    }

    @Test
    void aDeletedOneIsGoneForGood() {
        List<Subscription> told = new ArrayList<>();
        registry.subscriptions.listen(told::add);
        Subscription made = registry.subscriptions.create(Samples.request(""));
        assertThat(registry.subscriptions.delete(made.id())).isTrue();
        assertThat(registry.subscriptions.delete(made.id())).isFalse();
        assertThat(registry.subscriptions.matching("x", event("a"))).isEmpty();
        registry.reopen();
        assertThat(registry.subscriptions.find(made.id())).isEmpty();
        assertThat(told)
                .extracting(subscription -> subscription.status().state())
                .containsExactly(Status.State.ACTIVE, Status.State.DELETED);
    }

    @Test
    void aStatusIsKeptAndPausedOnesStillMatch() {
        Subscription made = registry.subscriptions.create(Samples.request(""));
        registry.subscriptions.status(made.id(), new Status(Status.State.DISABLED, "gone"));
        registry.reopen();
        assertThat(registry.subscriptions.find(made.id()).orElseThrow().status())
                .isEqualTo(new Status(Status.State.DISABLED, "gone"));
        assertThat(registry.subscriptions.matching("x", event("a"))).hasSize(1);
    }

    @Test
    void pagesGoThroughAllInOrderOfCreation() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            if (i % 3 == 0) registry.now = registry.now.plusMillis(1);
            made.add(registry.subscriptions.create(Samples.request("")).id());
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        for (List<Subscription> page = registry.subscriptions.list(after, 10); !page.isEmpty(); ) {
            page.forEach(subscription -> seen.add(subscription.id()));
            page = registry.subscriptions.list(seen.getLast(), 10);
        }
        assertThat(seen).isEqualTo(made);
        assertThat(made).allSatisfy(id -> assertThat(id).matches("sub_[0-9a-z]{26}"));
    }

    @Test
    void theBoundaryIsReadWhenTheSubscriptionIsAlreadyLive() {
        List<Integer> matched = new ArrayList<>();
        registry.publicationHead = () -> {
            matched.add(registry.subscriptions.matching("x", event("a")).size());
            return 77;
        };
        assertThat(registry.subscriptions.create(Samples.request("")).publicationBoundary())
                .isEqualTo(77);
        assertThat(matched).containsExactly(1);
        registry.publicationHead = () -> 99;
        registry.reopen();
        assertThat(registry.subscriptions.list("", 1).getFirst().publicationBoundary())
                .isEqualTo(77);
    }

    @Test
    void whereConsentIsRequiredOnlyConsentMakesActive() {
        registry.close();
        registry.consent = SubscriptionPolicy.Consent.REQUIRED;
        registry.open();
        Subscription made = registry.subscriptions.create(Samples.request(""));
        assertThat(made.status()).isEqualTo(new Status(Status.State.PENDING, "consent-pending"));
        assertThat(registry.subscriptions
                        .status(made.id(), Status.ACTIVE)
                        .orElseThrow()
                        .status()
                        .state())
                .isEqualTo(Status.State.PENDING);
        Subscription agreed = registry.subscriptions
                .consented(made.id(), new Subscription.Consent(made.request().sink(), 60))
                .orElseThrow();
        assertThat(agreed.status()).isEqualTo(Status.ACTIVE);
        assertThat(agreed.rateCeiling()).isEqualTo(60);
        Subscription moved = registry.subscriptions
                .replace(
                        made.id(),
                        Samples.requests().parse(Samples.json("{'sink':'https://other.example/','protocol':'HTTP'}")))
                .orElseThrow();
        assertThat(moved.status().state()).isEqualTo(Status.State.PENDING);
        assertThat(moved.rateCeiling()).isZero();
    }

    @Test
    void rotationLetsTheOldSecretSignUntilTheOverlapEnds() {
        Subscription made = registry.subscriptions.create(Samples.request(""));
        String first = made.secrets().getFirst().text();
        assertThat(Base64.getDecoder().decode(first.substring("whsec_".length())))
                .hasSize(32);
        Subscription rotated = registry.subscriptions.rotate(made.id()).orElseThrow();
        assertThat(rotated.secrets()).hasSize(2);
        assertThat(rotated.secrets().getFirst().text()).startsWith("whsec_").isNotEqualTo(first);
        assertThat(rotated.secrets().get(1))
                .isEqualTo(new Subscription.Secret(first, registry.now.plus(Duration.ofHours(24))));
        registry.reopen();
        assertThat(registry.subscriptions.find(made.id()).orElseThrow().secrets())
                .isEqualTo(rotated.secrets());
        registry.now = registry.now.plus(Duration.ofHours(25));
        assertThat(registry.subscriptions.rotate(made.id()).orElseThrow().secrets())
                .extracting(Subscription.Secret::text)
                .doesNotContain(first)
                .hasSize(2);
    }
}

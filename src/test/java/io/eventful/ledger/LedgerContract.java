package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the ledger guarantees, whatever database holds it: what it keeps, and what the contracts say that it goes on from. */
abstract class LedgerContract extends RedactionContract {

    @Test
    void aCreateAnUpdateAndADeleteAreThreeRevisionsOfOneItem() throws Exception {
        Image first = known("{\"id\":42,\"email\":\"ada@old.example\",\"sum\":1.10}");
        Image second = known("{\"id\":42,\"email\":\"ada@new.example\",\"sum\":1.10}");
        Change created = settle(ADA, "created", ABSENT, first).orElseThrow();
        Change updated = settle(ADA, "updated", first, second).orElseThrow();
        Change deleted = settle(ADA, "deleted", second, ABSENT).orElseThrow();

        assertThat(List.of(created.revision(), updated.revision(), deleted.revision()))
                .containsExactly(1L, 2L, 3L);
        assertThat(List.of(created.position(), updated.position(), deleted.position()))
                .containsExactly(1L, 2L, 3L);
        assertThat(ledger.after(0, 10)).containsExactly(created, updated, deleted);
        assertThat(ledger.latest(ADA)).contains(deleted);
        assertThat(ledger.at(2)).contains(updated);
        assertThat(ledger.head()).isEqualTo(3);
        assertThat(updated.beforeDigest()).isEqualTo(created.afterDigest());
        assertThat(Json.text(updated.patch())).contains("\"replace\"").contains("/email");
        assertThat(Json.text(updated.inverse())).contains("\"test\"");
        assertThat(created.request().target()).isEqualTo("/customers/42?a=b");
        assertThat(created.response().status()).isEqualTo(200);
        assertThat(created.time()).isEqualTo(clock.instant());
    }

    /** Longer than what an index of PostgreSQL can hold, however well it is compressed. */
    @Test
    void namesOfAnyLengthAreKept() throws Exception {
        String longest = Samples.random(12_000);
        Item subject = item("/customers/" + longest);
        Item scope = new Item("/upstreams/default", longest, "/customers/42");
        Item other = item(subject.subject().substring(1) + 'x');
        for (Item item : List.of(subject, scope, other)) {
            settle(item, "created", ABSENT, known("{\"a\":1}"));
            Change second = settle(item, "updated", known("{\"a\":1}"), known("{\"a\":2}"))
                    .orElseThrow();
            assertThat(second.revision()).isEqualTo(2);
            assertThat(second.item()).isEqualTo(item);
            assertThat(ledger.latest(item)).contains(second);
            assertThat(history.items(item.subject(), 10)).containsExactly(item);
            assertThat(history.find(0, 10, null, item.subject())).hasSize(2).contains(second);
        }
        for (int i = 0; i < 2; i++) {
            Optional<Change> once = ledger.appendOnce(
                            draft(subject, "received", ABSENT),
                            applied(subject, "received", ABSENT, known("{}")),
                            longest)
                    .get(10, TimeUnit.SECONDS);
            assertThat(once.isPresent()).isEqualTo(i == 0);
        }
        assertThat(ledger.forgetDeliveries(clock.instant().plusSeconds(1), 100, 10)
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    @Test
    void anEqualWriteMakesNoChangeAndClosesItsIntent() throws Exception {
        settle(ADA, "created", ABSENT, known("{\"a\":1,\"b\":2}"));
        assertThat(settle(ADA, "updated", known("{\"a\":1,\"b\":2}"), known("{\"b\":2,\"a\":1}")))
                .isEmpty();
        assertThat(settle(ADA, "deleted", ABSENT, ABSENT)).isEmpty();
        assertThat(ledger.head()).isEqualTo(1);
        reopen();
        assertThat(ledger.openIntents(0, 10)).isEmpty();
    }

    @Test
    void anotherNumberTextIsAChange() throws Exception {
        assertThat(settle(ADA, "updated", known("{\"a\":1.0}"), known("{\"a\":1.00}")))
                .isPresent();
    }

    @Test
    void aRefutedIntentMakesNoChange() throws Exception {
        Intent intent = ledger.open(draft(ADA, "updated", ABSENT)).get(10, TimeUnit.SECONDS);
        assertThat(ledger.settle(intent, new Settlement.Refuted("status:404")).get(10, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(ledger.head()).isZero();
        reopen();
        assertThat(ledger.openIntents(0, 10)).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsAppendedAsSuch() throws Exception {
        Item collection = item("/customers");
        Intent intent = ledger.open(draft(collection, "created", ABSENT)).get(10, TimeUnit.SECONDS);
        Change change = ledger.settle(
                        intent,
                        applied(
                                Change.Outcome.UNKNOWN,
                                collection,
                                "created",
                                ABSENT,
                                new Image.Unknown("timeout"),
                                "no-reply"))
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
        assertThat(change.outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(change.reason()).isEqualTo("no-reply");
        assertThat(change.reversible()).isFalse();
        assertThat(change.patch()).isNull();
        assertThat(ledger.latest(collection)).contains(change);
    }

    @Test
    void aRedactedChangeHasNoInverse() throws Exception {
        Intent intent = ledger.open(draft(ADA, "updated", ABSENT)).get(10, TimeUnit.SECONDS);
        Change change = ledger.settle(
                        intent,
                        applied(Change.Outcome.CONFIRMED, ADA, "updated", known("{}"), known("{\"a\":1}"), "redacted"))
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
        assertThat(change.patch()).isNotNull();
        assertThat(change.reversible()).isFalse();
    }

    @Test
    void positionsRevisionsAndOpenIntentsOutliveTheProcess() throws Exception {
        settle(ADA, "created", ABSENT, known("{\"n\":1}"));
        Intent left = ledger.open(draft(ADA, "updated", known("{\"n\":1}"))).get(10, TimeUnit.SECONDS);
        Intent second =
                ledger.open(draft(ADA, "deleted", new Image.Unknown("x"))).get(10, TimeUnit.SECONDS);
        assertThat(ledger.openIntents(0, 10)).as("of this run").isEmpty();

        reopen();
        Intent fresh = ledger.open(draft(ADA, "updated", ABSENT)).get(10, TimeUnit.SECONDS);
        assertThat(fresh.id()).isGreaterThan(second.id());
        assertThat(ledger.openIntents(0, 10)).containsExactly(left, second);
        assertThat(ledger.openIntents(left.id(), 10)).containsExactly(second);
        assertThat(ledger.openIntents(0, 1)).containsExactly(left);
        Change change = ledger.settle(left, applied(ADA, "updated", known("{\"n\":1}"), known("{\"n\":2}")))
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
        assertThat(change.position()).isEqualTo(2);
        assertThat(change.revision()).isEqualTo(2);
        assertThat(ledger.openIntents(0, 10)).containsExactly(second);
    }

    @Test
    void settlingTwiceIsOneChange() throws Exception {
        Intent intent = ledger.open(draft(ADA, "created", ABSENT)).get(10, TimeUnit.SECONDS);
        Settlement applied = applied(ADA, "created", ABSENT, known("{}"));
        Optional<Change> once = ledger.settle(intent, applied).get(10, TimeUnit.SECONDS);
        assertThat(ledger.settle(intent, applied).get(10, TimeUnit.SECONDS)).isEqualTo(once);
        assertThat(ledger.head()).isEqualTo(1);
    }

    @Test
    void aThousandWritersOnFiftySubjectsLeaveNoGapAndNoBrokenChain() throws Exception {
        Map<Item, Lock> lanes = new ConcurrentHashMap<>();
        Map<Item, Image> state = new ConcurrentHashMap<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int n = i;
                done.add(writers.submit(() -> {
                    Item item = item("/orders/" + n % 50);
                    Lock lane = lanes.computeIfAbsent(item, key -> new ReentrantLock());
                    lane.lock();
                    try {
                        Image before = state.getOrDefault(item, ABSENT);
                        Image after = known("{\"n\":" + n + "}");
                        settle(item, before == ABSENT ? "created" : "updated", before, after);
                        state.put(item, after);
                    } finally {
                        lane.unlock();
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) one.get(60, TimeUnit.SECONDS);
        }
        List<Change> all = ledger.after(0, 2000);
        assertThat(positions(all))
                .isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
        Map<Item, JsonNode> folded = new HashMap<>();
        Map<Item, Long> revisions = new HashMap<>();
        for (Change change : all) {
            assertThat(change.revision()).isEqualTo(revisions.merge(change.item(), 1L, Long::sum));
            JsonNode was = folded.getOrDefault(change.item(), NullNode.instance);
            JsonNode is = JsonPatch.apply(change.patch(), was);
            assertThat(change.after()).isEqualTo(known(is));
            assertThat(JsonPatch.apply(change.inverse(), is)).isEqualTo(was);
            folded.put(change.item(), is);
        }
        assertThat(revisions.values()).hasSize(50).containsOnly(20L);
    }
}

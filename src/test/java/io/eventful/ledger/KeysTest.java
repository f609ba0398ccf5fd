package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final KeptReply REPLY = new KeptReply(201, "[]".getBytes(), "{}".getBytes());

    @TempDir
    Path folder;

    private TestLedgers ledgers;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private static IntentDraft draft(String owner, Instant time) {
        return new IntentDraft(
                new Item("/upstreams/default", "", "/customers/1"),
                "customer",
                "updated",
                time,
                "default",
                new Image.Absent(),
                null,
                new RequestRecord("POST", "/customers", Map.of(), 7, "sha-256:00"),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null,
                new KeyClaim(owner, "print", time.plus(Duration.ofHours(1))));
    }

    private Intent opened(String owner, Instant time) {
        return ledgers.ledger().open(draft(owner, time)).join();
    }

    @Test
    void aKeyIsHeldByOneCallUntilItEnds() {
        Intent intent = opened("a", NOW);
        assertThatThrownBy(() -> opened("a", NOW)).hasCauseInstanceOf(KeyInUseException.class);
        // An open call keeps its key, however long it takes.
        assertThatThrownBy(() -> opened("a", NOW.plus(Duration.ofDays(9)))).hasCauseInstanceOf(KeyInUseException.class);
        assertThat(ledgers.ledger().openIntents(0, 10)).hasSizeLessThanOrEqualTo(1);
        ledgers.ledger().settle(intent, new Settlement.Refuted("not-sent")).join();
        assertThat(ledgers.ledger().keys().find("a", NOW)).isEmpty();
        assertThat(opened("a", NOW).draft().key()).isNotNull();
    }

    @Test
    void anExpiredReplyMakesRoom() {
        ledgers.ledger()
                .settle(opened("a", NOW), new Settlement.Refuted("status-404"), REPLY)
                .join();
        assertThat(ledgers.ledger().keys().find("a", NOW)).containsInstanceOf(KeyState.Replied.class);
        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(ledgers.ledger().keys().find("a", later)).isEmpty();
        opened("a", later);
        assertThat(ledgers.ledger().keys().find("a", later)).contains(new KeyState.Open("print"));
    }

    @Test
    void sweepingFreesTheExpiredAndTheOldestBeyondTheNumber() {
        for (int n = 0; n < 10; n++) {
            Intent intent = opened("k" + n, NOW.plusSeconds(n));
            if (n != 1)
                ledgers.ledger()
                        .settle(intent, new Settlement.Refuted("status-404"), REPLY)
                        .join();
        }
        IdempotencyKeys keys = ledgers.ledger().keys();
        assertThat(keys.sweep(NOW, 100, 10).join()).isZero();
        assertThat(keys.sweep(NOW, 7, 2).join()).isEqualTo(2);
        assertThat(keys.find("k0", NOW)).isEmpty();
        assertThat(keys.find("k1", NOW)).contains(new KeyState.Open("print"));
        assertThat(keys.find("k2", NOW)).isEmpty();
        assertThat(keys.find("k3", NOW)).isPresent();
        assertThat(keys.sweep(NOW.plus(Duration.ofDays(1)), 100, 100).join()).isEqualTo(7);
    }

    private Change unknown(String owner, String subject, String action) {
        Image.Unknown after = new Image.Unknown("no-reply");
        return ledgers.ledger()
                .settle(
                        opened(owner, NOW),
                        Samples.applied(
                                Change.Outcome.UNKNOWN,
                                Samples.item(subject),
                                action,
                                new Image.Absent(),
                                after,
                                "no-reply"))
                .join()
                .orElseThrow();
    }

    private Change resolve(Change unknown, Resolution.Finding finding, @Nullable String subject) {
        return ledgers.ledger()
                .resolve(new Resolution(unknown, finding, null, subject))
                .join()
                .orElseThrow();
    }

    private Optional<KeyState> key(String owner) {
        return ledgers.ledger().keys().find(owner, NOW);
    }

    @Test
    void aKeyFollowsWhatIsFoundOutAboutItsCall() {
        Change refuted = unknown("refuted", "/customers", "created");
        Change confirmed = unknown("confirmed", "/customers", "created");
        Change nameless = unknown("nameless", "/customers", "created");
        resolve(refuted, Resolution.Finding.REFUTED, null);
        assertThat(key("refuted")).isEmpty();
        Change told = resolve(confirmed, Resolution.Finding.CONFIRMED, "/customers/77");
        assertThat(key("confirmed")).contains(new KeyState.Settled("print", OptionalLong.of(told.position())));
        // Nobody has told where the new item is, which is what a repeat would be answered.
        resolve(nameless, Resolution.Finding.CONFIRMED, null);
        assertThat(key("nameless")).contains(new KeyState.Settled("print", OptionalLong.of(nameless.position())));
    }

    @Test
    void aKeyTellsWhatItsCallCameTo() {
        Settlement applied = Samples.applied(
                new Item("/upstreams/default", "", "/customers/1"), "updated", Samples.ABSENT, Samples.known("1"));
        IdempotencyKeys keys = ledgers.ledger().keys();

        ledgers.ledger().settle(opened("replied", NOW), applied, REPLY).join();
        KeyState.Replied replied = (KeyState.Replied) keys.find("replied", NOW).orElseThrow();
        assertThat(replied.position()).hasValue(1);
        assertThat(replied.reply().status()).isEqualTo(201);
        assertThat(replied.reply().head()).asString().isEqualTo("[]");
        assertThat(replied.reply().body()).asString().isEqualTo("{}");

        ledgers.ledger().settle(opened("settled", NOW), applied).join();
        assertThat(keys.find("settled", NOW)).contains(new KeyState.Settled("print", OptionalLong.of(2)));

        ledgers.ledger()
                .settle(opened("equal", NOW), new Settlement.Refuted("status-404"), REPLY)
                .join();
        assertThat(((KeyState.Replied) keys.find("equal", NOW).orElseThrow()).position())
                .isEmpty();
    }

    @Test
    void aKeyIsForgottenOnceItsCallIsOver() {
        IdempotencyKeys keys = ledgers.ledger().keys();
        assertThat(keys.forget("a").join()).isFalse();
        Intent intent = opened("a", NOW);
        assertThat(keys.forget("a").join()).as("its call is open").isFalse();
        assertThat(keys.find("a", NOW)).contains(new KeyState.Open("print"));
        ledgers.ledger()
                .settle(intent, new Settlement.Refuted("status-404"), REPLY)
                .join();
        assertThat(keys.forget("a").join()).isTrue();
        assertThat(keys.find("a", NOW)).isEmpty();
    }
}

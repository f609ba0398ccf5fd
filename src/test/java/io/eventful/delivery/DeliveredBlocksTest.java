package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.delivery.Deliveries.Page;
import io.eventful.delivery.Deliveries.Search;
import io.eventful.delivery.DeliveryRecord.State;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliveries that end together, as the log keeps them: whoever asks sees no difference. */
class DeliveredBlocksTest extends LogFixture {

    /** Rows (fewer than 64 at once) and blocks in turn, at the beginning, between and at the end. */
    private void logMixed() {
        for (int count : new int[] {70, 3, 64, 200, 1, 63, 65}) log(count);
        assertThat(count("delivered_block")).isEqualTo(4);
        assertThat(count("delivery")).isEqualTo(3 + 1 + 63);
    }

    @Test
    void pagesShowRowsAndBlocksNewestFirst() {
        logMixed();
        for (int limit : new int[] {1, 7, 64, 65, 466, 1000})
            assertThat(ids(ALL, limit)).isEqualTo(logged);
    }

    @Test
    void theyAreFoundBySubscriptionEventPositionAndState() {
        logMixed();
        String second = subscriptions.get(1).id();
        List<Integer> ofSecond = IntStream.rangeClosed(1, number)
                .filter(n -> n % 3 == 1)
                .map(n -> number + 1 - n)
                .boxed()
                .toList();
        List<DeliveryRecord> found = pages(new Search(second, State.DELIVERED, null, null), 10);
        assertThat(found)
                .hasSize(ofSecond.size())
                .allMatch(one -> one.subscription().equals(second));
        for (int n : new int[] {1, 70, 71, 73, 74, 137, 138, 337, 338, 339, 401, 402, 466}) {
            String id = logged.get(number - n);
            assertThat(ids(new Search(null, null, (long) n, null), 10)).containsExactly(id);
            assertThat(ids(new Search(null, null, null, "e" + n), 10)).containsExactly(id);
            assertThat(ids(new Search(subscriptions.get(n % 3).id(), null, null, "e" + n), 10))
                    .containsExactly(id);
            assertThat(ids(new Search(subscriptions.get((n + 1) % 3).id(), null, (long) n, null), 10))
                    .isEmpty();
        }
        assertThat(ids(new Search(null, State.DEAD, null, null), 10)).isEmpty();
        assertThat(ids(new Search("sub_of_nobody", null, null, null), 10)).isEmpty();
        assertThat(ids(new Search(null, null, 467L, null), 10)).isEmpty();
    }

    /** One that is not there is not looked for in the whole log at once. */
    @Test
    void aWalkEndsWhenItHasLookedAtEnough() {
        log(100);
        log(100);
        Search nobody = new Search(null, null, null, "e0");
        rig.engine.core().database().read(connection -> {
            BlockWalk walk = new BlockWalk(connection, nobody, Cursor.of(null), 130);
            assertThat(walk.there()).isFalse();
            assertThat(walk.tired()).isTrue();
            BlockWalk rest = new BlockWalk(connection, ALL, walk.cursor());
            int left = 0;
            for (; rest.there(); left++) assertThat(rest.take().delivery().id()).isEqualTo(logged.get(130 + left));
            assertThat(left).isEqualTo(70);
            assertThat(rest.tired()).isFalse();
            return 0;
        });
    }

    @Test
    void oneIsShownWithItsAttempt() {
        logMixed();
        for (int n : new int[] {1, 70, 72, 100, 466}) {
            DeliveryRecord one =
                    rig.engine.deliveries().find(logged.get(number - n)).orElseThrow();
            assertThat(one.event()).isEqualTo("e" + n);
            assertThat(one.subject()).isEqualTo("/customers/ü\"" + n);
            assertThat(one.type()).isEqualTo("customer.updated");
            assertThat(one.channel()).isEqualTo("customers");
            assertThat(one.state()).isEqualTo(State.DELIVERED);
            assertThat(one.attempts()).isEqualTo(1);
            assertThat(one.position()).isEqualTo(n);
            assertThat(one.updatedAt()).isEqualTo(rig.time.now());
            assertThat(one.log()).containsExactly(attempt(n));
            assertThat(rig.engine.deliveries().retry(one.id())).isEqualTo(Deliveries.Retry.DELIVERED);
        }
        for (String foreign : new String[] {"", "-", "x", "b1-x", "b-1", "b+1-x", "zzzzzzzzzzzzzzzzzzz-x", "b2"})
            assertThat(rig.engine.deliveries().find(foreign)).isEmpty();
    }

    @Test
    void cursorsThatAreNoneAreRefused() {
        for (String cursor : new String[] {"", "x", "1-2", "1-2-3-4", "-1", "1.2.3", "9".repeat(19)})
            assertThatThrownBy(() -> rig.engine.deliveries().list(ALL, cursor, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("after");
    }

    @Test
    void whatWasDeliveredIsKnownAfterARestart() throws Exception {
        logMixed();
        rig.close();
        rig.open();
        for (String id : logged)
            assertThat(rig.engine.core().recent().knows(id)).isTrue();
    }

    @Test
    void aPageGoesOnBehindABlockThatIsForgottenMeanwhile() {
        log(100);
        log(80);
        Page first = rig.engine.deliveries().list(ALL, null, 50);
        rig.sql("DELETE FROM delivered_block WHERE entries = 80");
        assertThat(rig.engine.deliveries().list(ALL, first.next(), 1000).items())
                .extracting(DeliveryRecord::id)
                .isEqualTo(logged.subList(80, 180));
    }

    /** PostgreSQL has no NUL in a text, and keeps another character for it; an event that others published may have one. */
    @Test
    void aTextThatARowCannotHoldIsLoggedAllTheSame() {
        log(3);
        log(3, "/customers/\u0000");
        log(3);
        assertThat(rig.engine.core().log().waiting()).isZero();
        assertThat(ids(ALL, 10)).isEqualTo(logged);
        assertThat(rig.engine.deliveries().find(logged.get(4)).orElseThrow().subject())
                .isIn("/customers/\u00005", "/customers/\uFFFD5");
    }
}

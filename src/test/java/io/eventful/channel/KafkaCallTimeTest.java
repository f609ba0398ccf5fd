package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaCallTimeTest {

    private final KafkaCallTime time = new KafkaCallTime(5_000);

    @Test
    void aCallAfterOneThatWasNotAnsweredMayTakeTwiceAsLongUpToEightTimes() {
        assertThat(time.millis()).isEqualTo(5_000);
        time.missed();
        assertThat(time.millis()).isEqualTo(10_000);
        for (int i = 0; i < 5; i++) time.missed();
        assertThat(time.millis()).isEqualTo(40_000);
    }

    @Test
    void oneAnswerOfASlowClusterDoesNotShortenTheNextCallThatNeedsSeveral() {
        time.missed();
        time.answered(Duration.ofSeconds(2));
        assertThat(time.millis()).isEqualTo(10_000);
    }

    @Test
    void quickAnswersShortenItAgain() {
        for (int i = 0; i < 3; i++) time.missed();
        for (int expected : new int[] {20_000, 10_000, 5_000, 5_000}) {
            time.answered(Duration.ofMillis(20));
            assertThat(time.millis()).isEqualTo(expected);
        }
    }
}

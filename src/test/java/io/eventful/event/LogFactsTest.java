package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;

class LogFactsTest {

    @Test
    void whatIsNotThereIsLeftOut() {
        assertThat(LogFacts.of("id", "s1", "channel", null, "state", DayOfWeek.MONDAY, "reason", "", "queued", 0))
                .isEqualTo("id=s1 state=monday queued=0");
        assertThat(LogFacts.of("reason", null)).isEmpty();
    }
}

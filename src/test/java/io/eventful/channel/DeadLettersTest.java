package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    @Test
    void eachConsumerIsCountedWheneverTheRegistryComes() {
        DeadLetters dead = new DeadLetters();
        dead.add("orders", "a");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        dead.bind(registry);
        dead.add("orders", "a");
        dead.add("orders", "b");
        assertThat(registry.get("eventful.channel.dead")
                        .tags("channel", "orders", "consumer", "a")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("eventful.channel.dead")
                        .tags("consumer", "b")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }
}

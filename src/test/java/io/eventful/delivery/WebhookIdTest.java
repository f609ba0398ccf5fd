package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class WebhookIdTest {

    private static String id(String source, String id) {
        return Requests.webhookId(new Event(id, source, "t", null, null, null, null, Map.of(), new byte[0]));
    }

    @Test
    void aPlainIdIsKept() {
        assertThat(id("/s", "e-1_A")).isEqualTo("e-1_A");
    }

    @Test
    void anIdWithADotBecomesAHashWithoutOne() {
        assertThat(id("/s", "order.42"))
                .matches("evt_[A-Za-z0-9_-]{22}")
                .isEqualTo(id("/s", "order.42"))
                .isNotEqualTo(id("/other", "order.42"))
                .isNotEqualTo(id("/s", "order.43"));
    }

    @Property(tries = 200)
    void whateverAStrangerChoosesTheSignedTextIsUnambiguous(@ForAll @NotBlank String any) {
        assertThat(id("/s", any)).doesNotContain(".").matches("[!-~]{1,256}").isEqualTo(id("/s", any));
    }
}

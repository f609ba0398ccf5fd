package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIdTest {

    private static String id(String source, String id) {
        return WebhookId.of(new Event(id, source, "t", null, null, null, null, Map.of(), new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/upstreams/default", "/webhooks/github", "/subscriptions/1", "/eventful/operations"})
    void theIdOfAnOwnEventIsKept(String source) {
        assertThat(id(source, "evt_1-A")).isEqualTo("evt_1-A");
    }

    /** Ids of others are unique within their source only; many begin at 1. */
    @ParameterizedTest
    @ValueSource(strings = {"/s", "/upstreams", "/eventful/operations/more", "https://shop.example/upstreams/a"})
    void theIdOfAStrangersEventBecomesAHashOfSourceAndId(String source) {
        assertThat(id(source, "1"))
                .matches("evt_[A-Za-z0-9_-]{22}")
                .isEqualTo(id(source, "1"))
                .isNotEqualTo(id("/other", "1"))
                .isNotEqualTo(id(source, "2"));
    }

    @Test
    void anIdWithADotBecomesAHashWithoutOneWhosesoeverItIs() {
        assertThat(id("/upstreams/default", "order.42"))
                .matches("evt_[A-Za-z0-9_-]{22}")
                .isNotEqualTo(id("/upstreams/default", "order.43"));
    }

    @Property(tries = 200)
    void whateverAStrangerChoosesTheSignedTextIsUnambiguous(@ForAll @NotBlank String any) {
        assertThat(id("/s", any)).doesNotContain(".").matches("[!-~]{1,256}").isEqualTo(id("/s", any));
    }
}

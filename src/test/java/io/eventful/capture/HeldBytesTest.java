package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.event.Image;
import org.junit.jupiter.api.Test;

class HeldBytesTest {

    private static long of(String json) throws Exception {
        return HeldBytes.of(new Image.Known(new ObjectMapper().readTree(json)));
    }

    /** However deep a text lies, and however many members have none. */
    @Test
    void aDocumentHoldsItsTextsAndSomethingForEachMember() throws Exception {
        assertThat(of("{\"a\":[{\"b\":\"" + "x".repeat(10_000) + "\"}]}")).isBetween(10_000L, 10_100L);
        assertThat(of("[" + "1,".repeat(999) + "1]")).isBetween(16_000L, 17_000L);
    }

    @Test
    void whatIsNotThereHoldsNothing() {
        assertThat(HeldBytes.of(new Image.Absent())).isZero();
    }
}

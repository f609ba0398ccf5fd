package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events are told a position of the ledger by their extension of that name. */
class EventPositionTest {

    private static Event event(String source, Map<String, String> extensions) {
        return new Event("1", source, "a.updated", "/a/1", null, null, null, extensions, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "/upstreams/default, 17, 17",
        "/webhooks/in, 17, 17",
        "/upstreams/default, 908070605040302010, 908070605040302010",
        "/upstreams/default, 1234567890123456789, 0",
        "/upstreams/default, 1-7, 0",
        "/upstreams/default, 1:7, 0",
        "https://else.example, 17, 0",
    })
    void onlyAGatewaysChangesHaveOne(String source, String written, long position) {
        assertThat(event(source, Map.of("position", written)).position()).isEqualTo(position);
    }

    @Test
    void whatDidNotComeFromTheLedgerHasNone() {
        assertThat(event("/upstreams/default", Map.of()).position()).isZero();
    }
}

package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A redacted item is whole again when it no longer has such members. */
class RedactionEndsTest extends CaptureFixture {

    @BeforeEach
    void redacted() throws Exception {
        customers("redact", "/ssn");
        gateway.call("PUT", "/customers/7", "{\"n\":1,\"ssn\":\"1\"}");
    }

    @Test
    void withTheFirstWriteThatLeavesItWithoutSuchMembers() throws Exception {
        for (int n = 2; n < 5; n++) put("/customers/7", n);
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::reason).containsExactly("redacted", "redacted", null, null);
        assertThat(changes).extracting(Change::reversible).containsExactly(false, false, true, true);
    }

    @Test
    void withItsEnd() throws Exception {
        gateway.call("DELETE", "/customers/7", "");
        put("/customers/7", 2);
        put("/customers/7", 3);
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "deleted", "created", "updated");
        assertThat(changes).extracting(Change::reason).containsExactly("redacted", "redacted", null, null);
        assertThat(changes).extracting(Change::reversible).containsExactly(false, false, true, true);
    }

    @Test
    void notByAPatchOfAnItemThatNobodyShows() throws Exception {
        gateway.route("things", "/things/{id}", Map.of("redact", "/ssn", "after", "request"));
        gateway.call("PUT", "/things/7", "{\"n\":1,\"ssn\":\"1\"}");
        for (int n = 2; n < 4; n++)
            gateway.call("PATCH", "/things/7", "{\"n\":" + n + "}", "Content-Type", "application/merge-patch+json");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::reversible).containsOnly(false);
        assertThat(changes.getLast().reason()).isEqualTo("redacted");
    }
}

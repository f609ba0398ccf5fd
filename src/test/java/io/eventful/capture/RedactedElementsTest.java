package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redacted elements of arrays: the others have other places in the ledger than in the item. */
class RedactedElementsTest extends CaptureFixture {

    private static final String MERGE = "application/merge-patch+json";
    private static final String PATCH = "application/json-patch+json";

    @BeforeEach
    void item() throws Exception {
        customers("redact", "/cards/0,/ssn", "after", "request");
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("GET") ? 403 : 204, "");
            return true;
        };
        send("PUT", "{\"cards\":[\"A\",\"B\",\"C\"],\"n\":1,\"ssn\":\"1\"}", "application/json");
    }

    private Change send(String method, String body, String type) throws Exception {
        assertThat(gateway.call(method, "/customers/7", body, "Content-Type", type)
                        .statusCode())
                .isEqualTo(204);
        return gateway.changes().getLast();
    }

    @Test
    void aMergePatchLeavesWhatItDoesNotNameAsItIs() throws Exception {
        for (int n = 2; n < 5; n++) {
            Change change = send("PATCH", "{\"n\":" + n + ",\"ssn\":\"2\"}", MERGE);
            assertThat(change.after())
                    .isEqualTo(json("{\"cards\":[\"B\",\"C\"],\"n\":" + n + "}").redacted());
            assertThat(change.reason()).isEqualTo("redacted");
        }
    }

    @Test
    void anArrayThatAMergePatchReplacesIsRedactedOnce() throws Exception {
        assertThat(send("PATCH", "{\"cards\":[\"X\",\"Y\"]}", MERGE).after())
                .isEqualTo(json("{\"cards\":[\"Y\"],\"n\":1}").redacted());
    }

    @Test
    void aJsonPatchOfOtherMembersIsApplied() throws Exception {
        Change change = send(
                "PATCH",
                "[{\"op\":\"replace\",\"path\":\"/n\",\"value\":2},{\"op\":\"add\",\"path\":\"/ssn\",\"value\":\"2\"}]",
                PATCH);
        assertThat(change.after())
                .isEqualTo(json("{\"cards\":[\"B\",\"C\"],\"n\":2}").redacted());
    }

    @Test
    void aJsonPatchThatCountsElementsIsNotGuessed() throws Exception {
        for (String operation : new String[] {
            "{\"op\":\"remove\",\"path\":\"/cards/1\"}", "{\"op\":\"copy\",\"from\":\"/cards\",\"path\":\"/all\"}"
        })
            assertThat(send("PATCH", "[" + operation + "]", PATCH).after())
                    .isEqualTo(new Image.Unknown("not-derivable"));
    }
}

package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that have all members of the item and lack some within these, as those of sparse fieldsets do (JSON:API). */
class SparseRepliesTest extends CaptureFixture {

    private static final String ART =
            "{\"data\":{\"id\":\"7\",\"type\":\"art\",\"attributes\":{\"title\":\"a\",\"body\":\"long\"}}}";
    private static final String PATCHED = ART.replace("\"a\",", "\"b\",");
    private static final String SPARSE = "{\"data\":{\"id\":\"7\",\"type\":\"art\",\"attributes\":{\"title\":\"b\"}}}";

    /** The item is there after a write that is answered so. */
    private void answer(String method, int status, String reply, String after) {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals(method)) return false;
            system.put("/customers/7", after);
            RestSystem.reply(exchange, status, reply);
            return true;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/merge-patch+json",
                "application/json",
                "application/vnd.api+json",
                "application/x+json"
            })
    void aReplyThatLacksMembersWithinMembersIsNotTheItem(String type) throws Exception {
        customers("id", "/data/id");
        system.put("/customers/7", ART);
        answer("PATCH", 200, SPARSE, PATCHED);
        gateway.call("PATCH", "/customers/7?fields[art]=title", SPARSE, "Content-Type", type);
        assertThat(gateway.only().after()).isEqualTo(json(PATCHED));
        assertThat(gateway.only().reason()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/merge-patch+json", "application/json", "application/vnd.api+json"})
    void aWholeReplyToAPatchNeedsNoLook(String type) throws Exception {
        customers("id", "/data/id");
        system.put("/customers/7", ART);
        answer("PATCH", 200, PATCHED, PATCHED);
        gateway.call("PATCH", "/customers/7", SPARSE, "Content-Type", type);
        assertThat(gateway.only().after()).isEqualTo(json(PATCHED));
        assertThat(system.gets("/customers/7")).as("the one before it").isEqualTo(1);
    }

    @Test
    void aPutOfTheSameThatIsAnsweredWithTheIdChangesNothing() throws Exception {
        customers("id", "/data/id");
        system.put("/customers/7", ART);
        answer("PUT", 200, "{\"data\":{\"id\":\"7\"}}", ART);
        gateway.call("PUT", "/customers/7", ART);
        assertThat(gateway.changes()).isEmpty();
    }

    @Test
    void whereNobodyLooksTheSentBodyStandsForTheItemAndNotAShortReply() throws Exception {
        customers("order", "observed");
        answer("PUT", 200, "{\"ok\":true}", "{\"n\":1}");
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"n\":1}"));
        assertThat(gateway.only().reason()).isEqualTo("request-derived");
        answer("PATCH", 200, "{\"ok\":true}", "{\"n\":2}");
        gateway.call("PATCH", "/customers/7", "{\"n\":2}");
        assertThat(gateway.changes().getLast().reason()).isEqualTo("partial-reply");
    }

    @Test
    void theReplyToACreateIsMoreThanAPageOfAnotherType() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                RestSystem.reply(exchange, 200, "<p>n</p>");
            } else RestSystem.reply(exchange, 201, "{\"id\":7}");
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7}"));
        assertThat(gateway.only().reason()).isEqualTo("partial-reply");
    }
}

package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which replies are taken for the item that was written, and which are not. */
class ShortRepliesTest extends CaptureFixture {

    /** The item is there after a write that is answered so. */
    private void answer(String method, int status, String reply, String after) {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals(method)) return false;
            system.put("/customers/7", after);
            RestSystem.reply(exchange, status, reply);
            return true;
        };
    }

    @Test
    void aReplyToAJsonPatchThatLacksWhatTheItemHasIsNotTheItem() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        answer("PATCH", 200, "{\"ok\":true}", "{\"id\":7,\"n\":2}");
        String patch = "[{\"op\":\"replace\",\"path\":\"/n\",\"value\":2}]";
        gateway.call("PATCH", "/customers/7", patch, "Content-Type", "application/json-patch+json");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":2}"));
    }

    @Test
    void norIsOneToAJsonPatchOfAnItemThatIsNotKnown() throws Exception {
        customers("before", "none");
        answer("PATCH", 200, "{\"ok\":true}", "{\"id\":7,\"n\":2}");
        gateway.call("PATCH", "/customers/7", "[]", "Content-Type", "application/json-patch+json");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":2}"));
    }

    @Test
    void norIsOneToAMergePatchThatOnlyRemoves() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        answer("PATCH", 200, "{\"ok\":true}", "{\"id\":7}");
        gateway.call("PATCH", "/customers/7", "{\"n\":null}", "Content-Type", "application/merge-patch+json");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7}"));
    }

    @Test
    void norIsOneToABodyThatCannotBeCompared() throws Exception {
        customers("bodyLimit", "1KB");
        String large = "{\"text\":\"" + "x".repeat(3_000) + "\"}";
        answer("PUT", 200, "{\"ok\":true}", large);
        gateway.call("PUT", "/customers/7", large);
        assertThat(gateway.changes().getLast().after())
                .isEqualTo(new Image.Digested(
                        large.length(), Json.digest(large.getBytes()), "application/json", "too-large"));

        answer("PUT", 200, "{\"ok\":true}", "{\"id\":7,\"n\":3}");
        gateway.call("PUT", "/customers/7", "n=3", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(gateway.changes().getLast().after()).isEqualTo(json("{\"id\":7,\"n\":3}"));
    }

    @Test
    void aCreateOfWhichNoMoreCanBeSeenSaysThatItMayHaveMore() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 403, "");
            else RestSystem.reply(exchange, 201, "{\"id\":7}");
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        Change change = gateway.only();
        assertThat(change.after()).isEqualTo(json("{\"id\":7}"));
        assertThat(change.reason()).isEqualTo("partial-reply");
    }

    /** Posts a body of a type; the reply is JSON or nothing, and nobody can read the item. */
    private Change posted(String type, String reply) throws Exception {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            exchange.getResponseHeaders().set("Location", "/files/7");
            RestSystem.reply(exchange, 201, reply);
            return true;
        };
        gateway.call("POST", "/files", "--b\r\n\r\nx\r\n--b--", "Content-Type", type);
        return gateway.changes().getLast();
    }

    @Test
    void theReplyToAnUploadIsAllThereIsOfAnItemThatIsNotThereYet() throws Exception {
        gateway.route("everything", "/**", Map.of());
        for (String type : new String[] {"multipart/form-data; boundary=b", "image/png"}) {
            Change change = posted(type, "{\"id\":7,\"name\":\"a\"}");
            assertThat(change.subject()).isEqualTo("/files/7");
            assertThat(change.after()).isEqualTo(json("{\"id\":7,\"name\":\"a\"}"));
            assertThat(change.reason()).isEqualTo("partial-reply");
            gateway.call("DELETE", "/files/7", "");
        }
    }

    @Test
    void aFormIsNotTheItemButAnotherBodyMayBe() throws Exception {
        gateway.route("everything", "/**", Map.of());
        for (String form : new String[] {"multipart/form-data; boundary=b", "Application/x-www-form-urlencoded"}) {
            Change change = posted(form, "");
            assertThat(change.after()).isEqualTo(new Image.Unknown("not-found"));
            assertThat(change.request().digest()).startsWith("sha-256:");
        }
        assertThat(posted("image/png", "").after()).isInstanceOf(Image.Digested.class);
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("GET") ? 403 : 204, "");
            return true;
        };
        gateway.call("PUT", "/files/8", "n=1", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(gateway.changes().getLast().after()).isEqualTo(new Image.Unknown("fetch-failed:403"));
    }

    @Test
    void whereTheRouteSaysSoTheReplyToAnActionIsTheItem() throws Exception {
        gateway.route("orders", "/orders/{id}", Map.of("actions", "cancel", "after", "response"));
        system.put("/orders/7", "{\"id\":7,\"status\":\"open\"}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 200, "{\"id\":7,\"status\":\"cancelled\"}");
            return true;
        };
        gateway.call("POST", "/orders/7/cancel", "");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"status\":\"cancelled\"}"));
        assertThat(system.gets("/orders/7")).isEqualTo(1);
    }

    @Test
    void soIsOneThatIsNoObject() throws Exception {
        customers("after", "response");
        answer("PUT", 200, "[1,2]", "{}");
        gateway.call("PUT", "/customers/7", "[1,2]");
        assertThat(gateway.only().after()).isEqualTo(json("[1,2]"));
    }

    @Test
    void theTagOfAReplyThatIsNotTheItemIsNotTheItems() throws Exception {
        customers();
        String[] replies = {"{\"ok\":true}", "{\"id\":7,\"n\":2}", ""};
        for (int i = 0; i < 3; i++) {
            int n = i;
            system.script = (exchange, body) -> {
                if (exchange.getRequestMethod().equals("GET")) return false;
                system.put("/customers/7", "{\"id\":7,\"n\":" + (n + 1) + "}");
                exchange.getResponseHeaders().set("ETag", "\"tag\"");
                RestSystem.reply(exchange, n == 2 ? 204 : 200, replies[n]);
                return true;
            };
            gateway.call("PUT", "/customers/7", "{\"n\":" + (n + 1) + "}");
        }
        assertThat(gateway.changes())
                .extracting(change -> change.response().headers().containsKey("etag"))
                .containsExactly(false, true, true);
    }

    @Test
    void anItemOfWhichTheLedgerHasNoTagIsLookedAtForACallerWhoHasOne() throws Exception {
        customers();
        put("/customers/7", 1);
        system.put("/customers/7", "{\"id\":7,\"n\":5}");
        gateway.call("PUT", "/customers/7", "{\"n\":6}", "If-Match", "\"five\"");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "drifted", "updated");
    }

    @Test
    void aCreateOfWhichNothingWasSentIsLookedAt() throws Exception {
        customers();
        answer("POST", 201, "{\"id\":7,\"ok\":true}", "{\"id\":7,\"n\":0}");
        gateway.call("POST", "/customers", "{}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":0}"));
    }

    @Test
    void aReplyThatSaysThatItIsTheItemIsBelieved() throws Exception {
        gateway.route("orders", "/orders/{id}", Map.of("actions", "cancel"));
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            exchange.getResponseHeaders().set("Content-Location", "/orders/7");
            RestSystem.reply(exchange, 200, "{\"id\":7,\"status\":\"cancelled\"}");
            return true;
        };
        gateway.call("POST", "/orders/7/cancel", "");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"status\":\"cancelled\"}"));
        assertThat(system.gets("/orders/7")).isEqualTo(1);
    }
}

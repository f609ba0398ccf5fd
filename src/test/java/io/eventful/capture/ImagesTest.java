package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From what the images of an item before and after a write are taken. */
class ImagesTest extends CaptureFixture {

    @Test
    void theFirstWriteToAnItemLooksAtItBefore() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7,\"name\":\"Old\"}");
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}", "Authorization", "Bearer mine", "Cookie", "s=1");
        assertThat(gateway.only().before()).isEqualTo(json("{\"id\":7,\"name\":\"Old\"}"));
        assertThat(gateway.only().action()).isEqualTo("updated");
        RestSystem.Asked get = system.asked.getFirst();
        assertThat(get.method()).isEqualTo("GET");
        assertThat(get.header("authorization")).isEqualTo("Bearer mine");
        assertThat(get.header("cookie")).isEqualTo("s=1");
    }

    @Test
    void aPutWithoutABodyInTheReplyIsLookedAtAfterwards() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            system.apply("/customers/7", body);
            RestSystem.reply(exchange, 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"name\":\"New\"}"));
        assertThat(system.gets("/customers/7")).isEqualTo(2);
    }

    @Test
    void aReplyThatIsNotTheItemIsNotTakenForIt() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            system.apply("/customers/7", body);
            RestSystem.reply(exchange, 200, "{\"ok\":true}");
            return true;
        };
        assertThat(gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}").body())
                .isEqualTo("{\"ok\":true}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"name\":\"New\"}"));
    }

    @Test
    void whereNoGetIsAllowedThePutsBodyIsTheImageAndSaysSo() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("GET") ? 403 : 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}");
        Change change = gateway.only();
        assertThat(change.before()).isEqualTo(new Image.Unknown("fetch-failed:403"));
        assertThat(change.after()).isEqualTo(json("{\"name\":\"New\"}"));
        assertThat(change.reason()).isEqualTo("request-derived");
        assertThat(change.reversible()).isFalse();
    }

    @Test
    void aLargeBodyPassesThroughAndIsDigested() throws Exception {
        customers("bodyLimit", "1KB");
        String large = "{\"text\":\"" + "x".repeat(300_000) + "\"}";
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            RestSystem.reply(exchange, 200, new String(body));
            return true;
        };
        HttpResponse<String> reply = gateway.call("PUT", "/customers/7", large);
        assertThat(reply.statusCode())
                .as(reply.body().substring(0, Math.min(200, reply.body().length())))
                .isEqualTo(200);
        assertThat(reply.body().equals(large)).isTrue();
        RestSystem.Asked put = system.asked.stream()
                .filter(one -> one.method().equals("PUT"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(put.body()).equals(large)).isTrue();
        assertThat(system.gets("/customers/7")).isEqualTo(1);
        Change change = gateway.only();
        assertThat(change.after())
                .isEqualTo(new Image.Digested(
                        large.length(), Json.digest(large.getBytes()), "application/json", "too-large"));
        assertThat(change.request().size()).isEqualTo(large.length());
    }

    /** Who knows the rest of it could find out what was taken out by trying. */
    @Test
    void noDigestIsKeptOfWhatHoldsASecret() throws Exception {
        customers("redact", "/pin");
        system.put("/customers/7", "{\"pin\":1}");
        String patch =
                "[{\"op\":\"replace\",\"path\":\"/pin\",\"value\":2},{\"op\":\"add\",\"path\":\"/n\",\"value\":3}]";
        gateway.call("PATCH", "/customers/7", patch, "Content-Type", "application/json-patch+json");
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("PUT") ? 200 : 403, "{\"pin\":3,\"pin\":3}");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"pin\":3,\"pin\":3}");
        assertThat(gateway.changes()).hasSize(2).allSatisfy(change -> {
            assertThat(change.request().digest()).isEmpty();
            assertThat(change.after()).isNotInstanceOf(Image.Digested.class);
        });
    }

    @Test
    void aPartThatIsPutIsNotTheItem() throws Exception {
        customers("bodyLimit", "1KB");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("PUT")) RestSystem.reply(exchange, 204, "");
            else RestSystem.reply(exchange, 403, "");
            return true;
        };
        for (int size : new int[] {10, 3_000})
            gateway.call(
                    "PUT", "/customers/7", "x".repeat(size), "Content-Range", "bytes 0-9/*", "Content-Type", "a/b");
        assertThat(gateway.changes())
                .extracting(Change::after)
                .containsOnly(new Image.Unknown("fetch-failed:403"))
                .hasSize(2);
    }

    @Test
    void whatIsNotJsonIsDigestedToo() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 406, "");
            else RestSystem.reply(exchange, 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "<a/>", "Content-Type", "application/xml");
        gateway.call("PUT", "/customers/8", "{\"a\":1,\"a\":2}");
        assertThat(gateway.changes()).allSatisfy(change -> {
            assertThat(change.after())
                    .isInstanceOfSatisfying(
                            Image.Digested.class,
                            image -> assertThat(image.reason()).isEqualTo("not-json"));
        });
    }

    @Test
    void whatReplacesAPageSaysWhyItCannotBeTakenBack() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET")) return false;
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            RestSystem.reply(exchange, 200, "<p>7</p>");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"n\":1,\"id\":7}"));
        assertThat(gateway.only().reversible()).isFalse();
        assertThat(gateway.only().reason()).isEqualTo("not-json");
    }

    @Test
    void secretsNeverReachTheLedger() throws Exception {
        customers("redact", "/ssn,/card/number");
        String body = "{\"ssn\":\"SECRET-1\",\"card\":{\"number\":\"SECRET-2\",\"kind\":\"v\"},\"n\":1}";
        gateway.call(
                "PUT",
                "/customers/7?access_token=SECRET-3&x=1",
                body,
                "Authorization",
                "Bearer SECRET-4",
                "X-Key",
                "SECRET-5",
                "Cookie",
                "SECRET-6");
        Change change = gateway.only();
        assertThat(change.after())
                .isEqualTo(json("{\"card\":{\"kind\":\"v\"},\"n\":1,\"id\":7}").redacted());
        assertThat(change.request().target()).isEqualTo("/customers/7?access_token=***&x=1");
        assertThat(change.reason()).isEqualTo("redacted");
        assertThat(change.reversible()).isFalse();
        assertThat(system.items.get("/customers/7")).asString().contains("SECRET-1");
        gateway.ledger().head();
        try (var files = java.nio.file.Files.walk(folder)) {
            for (Path file : files.filter(java.nio.file.Files::isRegularFile).toList())
                assertThat(new String(
                                java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("SECRET-");
        }
    }

    @Test
    void compressedBodiesAreReadForImagesAndForwardedAsTheyAre() throws Exception {
        customers();
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(packed)) {
            out.write("{\"id\":7,\"n\":1.10}".getBytes());
        }
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PATCH")) return false;
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            return true;
        };
        gateway.call("PATCH", "/customers/7", "{\"n\":1.10}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":1.10}"));
    }
}

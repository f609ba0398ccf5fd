package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.edge.Upstreams.Fetched;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamCallsTest {

    private static final Fields CALLERS =
            new Fields(List.of(new Fields.Field("Authorization", "Basic x"), new Fields.Field("Cookie", "s=1")));

    private RecordingUpstream upstream;
    private EdgeEngine engine;
    private Upstreams upstreams;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(
                RecordingUpstream.always("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n0123456789"));
        String url = "http://127.0.0.1:" + upstream.port();
        engine = Bound.engine(
                new RoutingTable(),
                "upstreams.default.url=" + url,
                "upstreams.default.timeout=500ms",
                "upstreams.keyed.url=" + url,
                "upstreams.keyed.timeout=500ms",
                "upstreams.keyed.host=crm.example",
                "upstreams.keyed.credential.bearer=t0k");
        engine.start();
        upstreams = new UpstreamCalls(engine);
    }

    @AfterEach
    void stop() throws IOException {
        engine.stop();
        upstream.close();
    }

    private static <T> T join(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void withoutACredentialTheGivenFieldsAreSentAsTheyAre() throws Exception {
        Fetched fetched = join(upstreams.get("default", "/a%2Fb?c", CALLERS, 100));
        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.fields().first("etag")).contains("\"1\"");
        assertThat(fetched.body())
                .isInstanceOfSatisfying(
                        Body.Whole.class,
                        whole -> assertThat(new String(whole.bytes())).isEqualTo("0123456789"));
        RawMessage seen = upstream.seen().getFirst();
        assertThat(seen.startLine()).isEqualTo("GET /a%2Fb?c HTTP/1.1");
        assertThat(seen.headers())
                .containsExactly("Host: 127.0.0.1:" + upstream.port(), "Authorization: Basic x", "Cookie: s=1");
    }

    @Test
    void aConfiguredCredentialTakesThePlaceOfTheCallers() throws Exception {
        assertThat(upstreams.hasCredential("keyed")).isTrue();
        assertThat(upstreams.hasCredential("default")).isFalse();
        assertThat(upstreams.names()).containsExactlyInAnyOrder("default", "keyed");
        join(upstreams.get("keyed", "/x", CALLERS, 100));
        assertThat(upstream.seen().getFirst().headers())
                .containsExactly("Host: crm.example", "Authorization: Bearer t0k", "Accept: application/json");
    }

    @Test
    void whatAClientSendsIsForwardedAsInItsOwnCall() {
        Fields sent = CALLERS.and("X-Forwarded-For", "192.0.2.7")
                .and("Connection", "X-Hop")
                .and("X-Hop", "1");
        RequestHead head = new RequestHead("GET", "/x", "/x", "", sent, "shop.example", "https", "192.0.2.9");
        assertThat(forwarded(head, "edge.forwarded=replace"))
                .containsExactly(
                        "Authorization: Basic x",
                        "Cookie: s=1",
                        "X-Forwarded-For: 192.0.2.9",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: shop.example");
        assertThat(forwarded(head)).contains("X-Forwarded-For: 192.0.2.7, 192.0.2.9");
        assertThat(forwarded(head, "edge.forwarded=off"))
                .containsExactly("Authorization: Basic x", "Cookie: s=1", "X-Forwarded-For: 192.0.2.7");
    }

    private static List<String> forwarded(RequestHead head, String... keys) {
        EdgeEngine engine = Bound.engine(new RoutingTable(), Edge.before("http://127.0.0.1:1", keys));
        return new UpstreamCalls(engine)
                .forwarded(head).entries().stream()
                        .map(field -> field.name() + ": " + field.value())
                        .toList();
    }

    @Test
    void aReplyBeyondTheLimitIsPartial() throws Exception {
        assertThat(join(upstreams.get("default", "/x", Fields.NONE, 9)).body()).isInstanceOf(Body.Partial.class);
        assertThat(join(upstreams.get("default", "/x", Fields.NONE, 10)).body()).isInstanceOf(Body.Whole.class);
    }

    @Test
    void aBodyIsSentOnceWithItsLength() throws Exception {
        join(upstreams.send("default", "PATCH", "/x", Fields.NONE, "{}".getBytes(), 100));
        RawMessage seen = upstream.seen().getFirst();
        assertThat(seen.method()).isEqualTo("PATCH");
        assertThat(seen.first("content-length")).contains("2");
        assertThat(seen.text()).isEqualTo("{}");
        join(upstreams.send("default", "DELETE", "/x", Fields.NONE, new byte[0], 100));
        assertThat(upstream.seen().get(1).first("content-length")).contains("0");
    }

    @Test
    void aRedirectToTheOtherSpellingIsFollowedOnceAndNoOther() throws Exception {
        upstream.script(RecordingUpstream.always("HTTP/1.1 307 X\r\nLocation: /x/\r\nContent-Length: 0\r\n\r\n"));
        assertThat(join(upstreams.send("default", "PUT", "/x", Fields.NONE, "{}".getBytes(), 100))
                        .status())
                .isEqualTo(307);
        assertThat(upstream.seen())
                .extracting(RawMessage::startLine)
                .containsExactly("PUT /x HTTP/1.1", "PUT /x/ HTTP/1.1");
        assertThat(upstream.seen().get(1).text()).isEqualTo("{}");
        assertThat(join(upstreams.get("default", "/y", Fields.NONE, 100)).status())
                .isEqualTo(307);
        assertThat(upstream.seen()).hasSize(3);
    }

    @Test
    void silenceFailsInTime() {
        upstream.script(peer -> {
            peer.request();
            peer.in().read();
        });
        assertThatThrownBy(() -> join(upstreams.get("default", "/x", Fields.NONE, 9)))
                .cause()
                .isInstanceOfSatisfying(UpstreamException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(504);
                    assertThat(failure.sent()).isEqualTo(UpstreamException.Sent.MAYBE);
                });
    }

    @Test
    void aReplyThatDripsOrBreaksOffFails() {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            peer.socket().close();
        });
        assertThatThrownBy(() -> join(upstreams.get("default", "/x", Fields.NONE, 9)))
                .hasCauseInstanceOf(UpstreamException.class);
    }

    @Test
    void anUnknownUpstreamIsNamed() {
        assertThatThrownBy(() -> join(upstreams.get("crm", "/x", Fields.NONE, 9)))
                .hasCauseInstanceOf(UpstreamException.class)
                .hasMessageContaining("eventful.upstreams.crm.url");
    }
}

package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** When a server of an upstream is left out: three failures in a row here, for ten seconds. */
class EjectionTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final UpstreamTarget target = target("http://a.example:81/api");
    private long now = Long.MAX_VALUE - SECOND; // the nanoseconds of a clock may overflow

    private static UpstreamTarget target(String base) {
        UpstreamSettings.Upstream settings = new UpstreamSettings.Upstream(
                URI.create(base),
                List.of(),
                UpstreamSettings.Protocol.AUTO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                null,
                new UpstreamSettings.Credential(null),
                1,
                UpstreamSettings.Tls.NONE,
                new UpstreamSettings.Ejection(3, Duration.ofSeconds(10)));
        return new UpstreamTarget(settings, settings.base());
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) target.failed(now);
    }

    private boolean isInAfter(long seconds) {
        now += seconds * SECOND;
        return target.isIn(now);
    }

    @Test
    void failuresInARowPutItOutForAWhile() {
        fails(2);
        assertThat(isInAfter(0)).isTrue();
        fails(1);
        assertThat(isInAfter(0)).isFalse();
        assertThat(isInAfter(9)).isFalse();
        assertThat(isInAfter(1)).isTrue();
    }

    @Test
    void aReplyBetweenThemForgetsThem() {
        fails(2);
        target.answered();
        fails(2);
        assertThat(isInAfter(0)).isTrue();
        fails(1);
        assertThat(isInAfter(0)).isFalse();
    }

    @Test
    void aReplyPutsItBackAtOnce() {
        fails(3);
        target.answered();
        assertThat(isInAfter(0)).isTrue();
        fails(2);
        assertThat(isInAfter(0)).isTrue();
    }

    @Test
    void failuresOfCallsThatWereUnderWayDoNotProlongIt() {
        fails(3);
        now += 9 * SECOND;
        fails(5);
        assertThat(isInAfter(1)).isTrue();
    }

    @Test
    void afterItsTimeOneMoreFailurePutsItOutAgainAndAReplyGivesItAllItsTriesBack() {
        fails(3);
        assertThat(isInAfter(10)).isTrue();
        fails(1);
        assertThat(isInAfter(0)).isFalse();
        assertThat(isInAfter(10)).isTrue();
        target.answered();
        fails(2);
        assertThat(isInAfter(0)).isTrue();
    }

    /** Each connection is served by the next event loop. */
    @Test
    void theEventLoopsCountTogether() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        try (RecordingUpstream well = new RecordingUpstream(RecordingUpstream.always(ok));
                RecordingUpstream ill = new RecordingUpstream(peer -> {
                    peer.request();
                    peer.socket().close();
                });
                Edge edge = new Edge(
                        "edge.limits.event-loops=2",
                        "upstreams.default.targets[0]=http://127.0.0.1:" + well.port(),
                        "upstreams.default.targets[1]=http://127.0.0.1:" + ill.port(),
                        "upstreams.default.ejection.failures=3",
                        "upstreams.default.ejection.time=1h")) {
            for (int i = 0; i < 24; i++) {
                try (RawClient client = new RawClient(edge.port())) {
                    client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                            .reply();
                }
            }
            assertThat(ill.seen()).hasSize(3);
            assertThat(well.seen()).hasSize(21);
        }
    }

    @Test
    void itIsPutOutOnceHoweverManyThreadsSeeItFail() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 3_000; i++) threads.execute(() -> target.failed(now));
        }
        assertThat(isInAfter(9)).isFalse();
        assertThat(isInAfter(1)).isTrue();
        fails(1);
        assertThat(isInAfter(0)).isFalse();
    }

    @Test
    void itIsConnectedToByItsUrl() {
        assertThat(target.options().getHost()).isEqualTo("a.example");
        assertThat(target.options().getPort()).isEqualTo(81);
        assertThat(target.options().isSsl()).isFalse();
        assertThat(target.path("", "/b?c")).isEqualTo("/api/b?c");
        assertThat(target("http://[::1]").options().getHost()).isEqualTo("::1");
        assertThat(target("http://a").options().getPort()).isEqualTo(80);
        assertThat(target("https://a").options().getPort()).isEqualTo(443);
        assertThat(target("https://a").options().isSsl()).isTrue();
    }
}

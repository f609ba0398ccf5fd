package io.eventful.edge;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's connections to one upstream. */
final class UpstreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    /** Idle time-out, below the 5 s after which Node.js closes a connection, so that no request races the close. */
    private static final int IDLE_SECONDS = 4;

    /** Maximum number of concurrent streams per HTTP/2 connection. */
    private static final int STREAMS = 100;

    private static final int WINDOW = 1_048_576;

    private final Vertx vertx;
    private final String name;
    private final UpstreamSettings.Upstream settings;
    private final EdgeSettings.Limits limits;
    private final int connections;
    private final List<UpstreamTarget> targets;
    private final HttpClient client;
    private @Nullable HttpClient upgrading;
    private int turn;

    /** @param targets shared with the clients of the other loops */
    UpstreamClient(
            Vertx vertx,
            String name,
            UpstreamSettings.Upstream settings,
            List<UpstreamTarget> targets,
            EdgeSettings.Limits limits,
            int loops) {
        this.vertx = vertx;
        this.name = name;
        this.settings = settings;
        this.limits = limits;
        this.connections = Math.max(1, settings.connections() / loops);
        this.targets = targets;
        this.client = connect(speaking(options()));
    }

    private HttpClient connect(HttpClientOptions options) {
        HttpClient made = vertx.createHttpClient(options);
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(options.getMaxInitialLineLength())
                .setMaxHeaderSize(options.getMaxHeaderSize())
                .setMaxChunkSize(options.getMaxChunkSize())
                .setInitialBufferSize(options.getDecoderInitialBufferSize());
        made.connectionHandler(connection -> {
            VertxInternals.decodeStrictly(connection, decoding);
            connection.exceptionHandler(broken ->
                    LOG.debug("edge.upstream-connection-broke upstream={} reason=\"{}\"", name, broken.toString()));
        });
        return made;
    }

    private HttpClientOptions options() {
        Duration connect = settings.connectTimeout().compareTo(settings.timeout()) < 0
                ? settings.connectTimeout()
                : settings.timeout();
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.max(1, (int) connect.toMillis()))
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(limits.connections())
                .setMaxInitialLineLength((int) limits.uri().toBytes())
                .setMaxHeaderSize((int) limits.header().toBytes())
                .setMaxChunkSize(EdgeLoop.PIECE)
                .setDecompressionSupported(false)
                .setUseAlpn(false)
                .setForceSni(true)
                .setVerifyHost(true);
        UpstreamFiles files = UpstreamFiles.of(settings.tls());
        if (files.trust() != null) options.setTrustOptions(files.trust());
        if (files.own() != null) options.setKeyCertOptions(files.own());
        return options;
    }

    private HttpClientOptions speaking(HttpClientOptions options) {
        if (!mayBeHttp2()) return options;
        options.setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2KeepAliveTimeout(IDLE_SECONDS)
                .setHttp2MaxPoolSize(Math.max(1, connections / STREAMS))
                .setHttp2MultiplexingLimit(STREAMS)
                .setHttp2ConnectionWindowSize(WINDOW);
        options.getInitialSettings().setMaxHeaderListSize(limits.header().toBytes());
        if (!settings.isTls()) return options;
        return options.setUseAlpn(true)
                .setAlpnVersions(
                        settings.protocol() == UpstreamSettings.Protocol.H2
                                ? List.of(HttpVersion.HTTP_2)
                                : List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    }

    private boolean mayBeHttp2() {
        return switch (settings.protocol()) {
            case AUTO -> settings.isTls();
            case HTTP1 -> false;
            case H2, H2C -> true;
        };
    }

    String name() {
        return name;
    }

    UpstreamSettings.Upstream settings() {
        return settings;
    }

    Duration timeout() {
        return settings.timeout();
    }

    int targets() {
        return targets.size();
    }

    /** The next healthy target, round-robin; if none is healthy, the next one. */
    UpstreamTarget next() {
        if (targets.size() == 1) return targets.getFirst();
        long now = System.nanoTime();
        for (int i = 0; i < targets.size(); i++) {
            UpstreamTarget target = targets.get(Math.floorMod(turn++, targets.size()));
            if (target.isIn(now)) return target;
        }
        return targets.get(Math.floorMod(turn++, targets.size()));
    }

    /** A request to a target; only HTTP/1.1 can become a tunnel. */
    Future<HttpClientRequest> request(UpstreamTarget target, Outgoing outgoing) {
        if (outgoing.upgrade().isEmpty() || !mayBeHttp2()) return client.request(target.options());
        HttpClient tunnels = upgrading;
        if (tunnels == null) {
            tunnels = connect(options());
            upgrading = tunnels;
        }
        return tunnels.request(target.options());
    }
}

package io.eventful.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's connections to one upstream. */
final class UpstreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    /** Below the 5 s after which Node.js closes an idle connection, so that no request races the close. */
    private static final int IDLE_SECONDS = 4;

    private static final long MAX_CONNECT_MILLIS = 10_000;

    private final String name;
    private final UpstreamSettings.Upstream settings;
    private final HttpClient client;
    private final RequestOptions options;

    UpstreamClient(
            Vertx vertx, String name, UpstreamSettings.Upstream settings, EdgeSettings.Limits limits, int loops) {
        this.name = name;
        this.settings = settings;
        int connectMillis = (int) Math.min(settings.timeout().toMillis(), MAX_CONNECT_MILLIS);
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.max(1, connectMillis))
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxPoolSize(Math.max(1, settings.connections() / loops))
                .setMaxWaitQueueSize(limits.connections())
                .setMaxInitialLineLength((int) limits.uri().toBytes())
                .setMaxHeaderSize((int) limits.header().toBytes())
                .setMaxChunkSize(EdgeLoop.PIECE)
                .setDecompressionSupported(false)
                .setUseAlpn(false)
                .setForceSni(true)
                .setVerifyHost(true));
        client.connectionHandler(connection -> connection.exceptionHandler(
                broken -> LOG.debug("upstream connection broke upstream={} reason={}", name, broken.toString())));
        this.options = new RequestOptions()
                .setHost(settings.address())
                .setPort(settings.port())
                .setSsl(settings.tls())
                .setConnectTimeout(settings.timeout().toMillis());
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

    Future<HttpClientRequest> request() {
        return client.request(options);
    }
}

package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventful.subscription.SinkGuard;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to sinks that are not trusted: a name is resolved once, every address is checked, the connection goes
 * to a checked address (Host and SNI keep the name), a redirect is never followed, one deadline bounds the whole
 * attempt, and what is read of a reply is bounded. All requests to one host run on one event loop; nothing blocks it.
 */
final class WebhookClient implements AutoCloseable {

    /** Below the keep-alive time-out of common servers (Node: 5 s), so that a POST seldom meets a closing connection. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final ReplyUse STATUS = new ReplyUse.Status();

    private final Vertx vertx;
    private final EgressTransport transport;
    private final Loops loops;
    private final HttpClient plain;
    private final HttpClient secure;
    /** Of sinks that have an address and no name. */
    private final HttpClient secureUnnamed;

    private final HttpClientOptions tls;
    /** A client, and so connections of their own, for each certificate that is shown. */
    private final Cache<Manner, HttpClient> identified = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .<Manner, HttpClient>removalListener((how, client, cause) -> {
                if (client != null) client.close();
            })
            .build();

    private final Map<HttpConnection, Opened> fresh = new ConcurrentHashMap<>();
    private final Egress egress;
    private final DeliveryLimits limits;
    private volatile boolean closing;

    /** Who is shown to a server, and whether it is told its name. */
    private record Manner(ClientIdentity identity, Sni sni) {}

    private enum Sni {
        NAME,
        /** An address is no name (RFC 6066, section 3). */
        NONE
    }

    /**
     * When a new connection was there, as {@link System#nanoTime}.
     *
     * @param connected TCP, or the tunnel through a proxy
     * @param ready TLS too
     */
    record Opened(long connected, long ready) {}

    /**
     * @param guard which of a name's addresses may be connected to
     * @param trust certificates to trust; null for those of the JDK
     */
    WebhookClient(Resolver resolver, UsableAddresses guard, DeliveryLimits limits, @Nullable TrustOptions trust) {
        this(new Egress(resolver, guard, null), limits, trust, null);
    }

    /**
     * @param egress how sinks are found and reached
     * @param bind local address that connections come from; null for the machine's choice
     */
    WebhookClient(Egress egress, DeliveryLimits limits, @Nullable TrustOptions trust, @Nullable String bind) {
        this.egress = egress;
        this.limits = limits;
        int count = Math.min(8, Runtime.getRuntime().availableProcessors());
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1));
        transport = new EgressTransport(egress);
        vertx = new VertxBuilder(options).findTransport(transport).init().vertx();
        loops = new Loops(vertx, count);
        HttpClientOptions common = new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false)
                .setMaxHeaderSize((int) limits.responseHead().toBytes())
                .setMaxInitialLineLength(4096)
                .setVerifyHost(true)
                .setMaxRedirects(0);
        if (bind != null) common.setLocalAddress(bind);
        plain = client(new HttpClientOptions(common));
        tls = new HttpClientOptions(common)
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MultiplexingLimit(limits.concurrencyPerEndpoint())
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(limits.responseHead().toBytes()));
        if (trust != null) tls.setTrustOptions(trust);
        secure = client(sni(Sni.NAME));
        secureUnnamed = client(sni(Sni.NONE));
    }

    private HttpClient client(HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(limits.connectionsPerHost())
                        .setHttp2MaxSize(4)
                        .setMaxWaitQueueSize(limits.inFlight()))
                .withConnectHandler(this::opened)
                .build();
    }

    private void opened(HttpConnection connection) {
        long ready = System.nanoTime();
        Long connected = channel(connection).attr(EgressTransport.CONNECTED).get();
        fresh.put(connection, new Opened(connected == null ? ready : connected, ready));
        connection.closeHandler(closed -> fresh.remove(connection));
        // Its attempts are told; without a handler it would be an error in the gateway's own log, as often as a sink
        // likes.
        connection.exceptionHandler(broken -> {});
        ReadBudget.watch(channel(connection), limits);
        LeftoverBytes.watch(channel(connection));
        InterimReplies.leaveOut(channel(connection));
    }

    static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /** Once for each connection, for its first request: since when it is there; null afterwards. */
    @Nullable
    Opened attempted(HttpConnection connection) {
        ReadBudget.attempt(channel(connection));
        return fresh.remove(connection);
    }

    /** When a connection to there was last made, TLS not included, as {@link System#nanoTime}; 0 when not lately. */
    long tcpConnected(InetSocketAddress there) {
        return transport.lastConnected(there);
    }

    /** An outcome with what was read of the reply's body. */
    record Fetched(Outcome outcome, byte[] body) {}

    /** The same with the body; cut at the limit. */
    CompletableFuture<Fetched> fetch(WebhookRequest request, Duration deadline) {
        Buffer body = Buffer.buffer();
        return send(request, deadline, new ReplyUse.Body(body))
                .thenApply(outcome -> new Fetched(outcome, body.getBytes()));
    }

    /** Sends; completes, never exceptionally, at the latest when the deadline has passed. */
    CompletableFuture<Outcome> send(WebhookRequest request, Duration deadline) {
        return send(request, deadline, STATUS);
    }

    private CompletableFuture<Outcome> send(WebhookRequest request, Duration deadline, ReplyUse use) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Context loop = loops.of(request.target().getAuthority());
        Exchange exchange = new Exchange(this, loop, request, deadline, outcome, use);
        if (Vertx.currentContext() == loop) exchange.start();
        else loop.runOnContext(ignored -> exchange.start());
        return outcome;
    }

    Vertx vertx() {
        return vertx;
    }

    HttpClient client(WebhookRequest request) {
        ClientIdentity identity = request.identity();
        if (!request.secure()) {
            if (identity == null) return plain;
            throw new CredentialException("a client certificate requires TLS");
        }
        Sni sni = SinkGuard.literal(request.host()).isEmpty() ? Sni.NAME : Sni.NONE;
        if (identity == null) return sni == Sni.NAME ? secure : secureUnnamed;
        return identified.get(
                new Manner(identity, sni),
                how -> client(sni(how.sni()).setKeyCertOptions(how.identity().options())));
    }

    private HttpClientOptions sni(Sni sni) {
        return new HttpClientOptions(tls).setForceSni(sni == Sni.NAME);
    }

    Egress egress() {
        return egress;
    }

    int fieldLimit() {
        return limits.responseFields();
    }

    long bodyLimit() {
        return limits.responseBody().toBytes();
    }

    /** Whether it breaks off what is under way: a failure from now on may be its own. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> null)
                .join();
    }
}

package io.eventful.delivery;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt on its event loop, where every method runs: so there are no locks. */
final class Exchange {

    /** The only status that is never a sink's, where the proxy's and the sink's replies come the same way. */
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final WebhookClient client;
    private final Context loop;
    private final WebhookRequest request;
    private final Duration deadline;
    private final CompletableFuture<Outcome> outcome;
    private final ReplyUse use;
    private final PhaseClock clock = new PhaseClock(System::nanoTime);
    private long timer = -1;
    private long bodyRead;
    private State state = State.OPEN;
    private Again again = Again.POSSIBLE;
    private List<InetAddress> addresses = List.of();
    private @Nullable InetSocketAddress aimed;
    private @Nullable HttpClientRequest sending;
    private @Nullable HttpClientResponse head;

    private enum State {
        OPEN,
        ENDED
    }

    /** Whether the one repeat, after a kept connection proved dead before the request, can still be made. */
    private enum Again {
        POSSIBLE,
        SPENT
    }

    Exchange(
            WebhookClient client,
            Context loop,
            WebhookRequest request,
            Duration deadline,
            CompletableFuture<Outcome> outcome,
            ReplyUse use) {
        this.use = use;
        this.client = client;
        this.loop = loop;
        this.request = request;
        this.deadline = deadline;
        this.outcome = outcome;
    }

    void start() {
        timer = client.vertx().setTimer(Math.max(1, deadline.toMillis()), ignored -> fail("timeout"));
        CompletableFuture<List<InetAddress>> lookup =
                client.egress().resolve(request.host()).toCompletableFuture();
        if (lookup.isDone() && !lookup.isCompletedExceptionally()) resolved(lookup.join(), null);
        else lookup.whenComplete((found, failure) -> loop.runOnContext(ignored -> resolved(found, failure)));
    }

    private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
        if (state == State.ENDED) return;
        clock.resolved();
        if (failure != null || found == null || found.isEmpty()) {
            fail(Reasons.of(failure, "dns"));
            return;
        }
        addresses = client.egress().usable(request.host(), found);
        if (addresses.isEmpty()) {
            fail("forbidden-address");
            return;
        }
        connect(0);
    }

    private void connect(int index) {
        try {
            open(index);
        } catch (CredentialException unusable) {
            fail("credential");
        } catch (RuntimeException refused) {
            fail(request.identity() == null ? "client" : "credential");
        }
    }

    /** Fails when the client is closed, or the target cannot be written as a request. */
    private void open(int index) {
        InetAddress address = addresses.get(index);
        // An address that swallows connections leaves the others their share.
        long left = (deadline.toNanos() - clock.passed()) / (addresses.size() - index);
        InetSocketAddress to =
                client.egress().forwards(request).orElseGet(() -> new InetSocketAddress(address, request.port()));
        aimed = to;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(to))
                .setHost(request.host())
                .setPort(request.port())
                .setSsl(request.secure())
                .setURI(client.egress().forwards(request).isPresent() ? request.absolute() : request.requestTarget())
                .setFollowRedirects(false)
                .setConnectTimeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        client.client(request).request(options).onComplete(made -> {
            if (made.succeeded()) connected(made.result());
            else if (state == State.OPEN && index + 1 < addresses.size() && Reasons.unreachable(made.cause()))
                connect(index + 1);
            else fail(Reasons.of(made.cause(), request.secure() && tcpConnected() != 0 ? "tls" : "connect"));
        });
    }

    private void connected(HttpClientRequest made) {
        if (state == State.ENDED) {
            made.reset();
            return;
        }
        sending = made;
        clock.connected();
        WebhookClient.Opened opened = client.attempted(made.connection());
        if (opened != null && clock.isSince(opened.connected())) {
            clock.connected(opened.connected());
            if (request.secure()) clock.secured(opened.ready());
        }
        Again reusable = opened == null ? again : Again.SPENT;
        // HTTP/2 has a field of its own for it, and servers refuse a Host beside that.
        if (made.version() == HttpVersion.HTTP_2)
            made.authority(HostAndPort.create(request.target().getHost(), request.port()));
        else made.putHeader("Host", request.authority());
        if (client.egress().forwards(request).isPresent())
            client.egress().authorization().ifPresent(value -> made.putHeader("Proxy-Authorization", value));
        for (Field field : request.headers()) made.putHeader(field.name(), field.value());
        long sent = System.nanoTime();
        made.send(Buffer.buffer(request.body())).onComplete(reply -> {
            if (reply.succeeded()) read(reply.result());
            else if (state == State.OPEN && reusable == Again.POSSIBLE && Unheard.is(made, reply.cause(), sent)) {
                again = Again.SPENT;
                clock.again();
                connect(0);
            } else fail(Reasons.of(reply.cause(), "reset"));
        });
    }

    private void read(HttpClientResponse response) {
        // First of all: without it, what breaks off would be an error in the gateway's own log.
        response.exceptionHandler(broken -> fail(Reasons.of(broken, "reset")));
        if (state == State.ENDED) return;
        clock.answered();
        if (response.statusCode() == PROXY_AUTHENTICATION_REQUIRED
                && client.egress().forwards(request).isPresent()) {
            fail("proxy");
            return;
        }
        if (response.headers().entries().size() > client.fieldLimit()) {
            fail("response-head");
            return;
        }
        head = response;
        if (announcesLeftovers(response)) {
            succeed(response);
            response.request().reset();
            return;
        }
        response.endHandler(ignored -> succeed(response));
        response.handler(part -> {
            if (state == State.ENDED) return;
            bodyRead += part.length();
            if (use instanceof ReplyUse.Body body) body.into().appendBuffer(part);
            if (bodyRead > client.bodyLimit()) {
                succeed(response);
                response.request().reset();
            }
        });
    }

    /** These end with their head, whatever the head says (RFC 9112, section 6.3): a body of theirs would be left behind. */
    private static boolean announcesLeftovers(HttpClientResponse response) {
        int status = response.statusCode();
        if (response.version() == HttpVersion.HTTP_2 || status != NO_CONTENT && status != NOT_MODIFIED) return false;
        String length = response.getHeader("Content-Length");
        return length != null && !length.equals("0") || response.getHeader("Transfer-Encoding") != null;
    }

    private void succeed(HttpClientResponse response) {
        end(answered(response));
    }

    private Outcome answered(HttpClientResponse response) {
        Map<String, String> fields = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) -> fields.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        return new Outcome.Answered(response.statusCode(), fields, clock.phases());
    }

    /** Where only the status is asked for, it counts from the moment the head was read, whatever becomes of the body. */
    private void fail(String reason) {
        HttpClientRequest made = sending;
        HttpClientResponse read = use instanceof ReplyUse.Status ? head : null;
        if (end(read == null ? failed(reason) : answered(read)) == Ending.FIRST && made != null) made.reset();
    }

    private Outcome failed(String reason) {
        if (!clock.isConnected()) clock.connected(tcpConnected());
        return new Outcome.Failed(reason, clock.phases());
    }

    /** When a connection to the address was made during this attempt, TLS not included; 0 when none was. */
    private long tcpConnected() {
        InetSocketAddress to = aimed;
        if (to == null) return 0;
        long at = client.tcpConnected(to);
        return at != 0 && clock.isSince(at) ? at : 0;
    }

    private enum Ending {
        FIRST,
        LATER
    }

    private Ending end(Outcome result) {
        if (state == State.ENDED) return Ending.LATER;
        state = State.ENDED;
        client.vertx().cancelTimer(timer);
        outcome.complete(result);
        return Ending.FIRST;
    }
}

package io.eventful.delivery;

import io.eventful.subscription.SinkGuard;
import io.netty.channel.ChannelHandler;
import io.netty.handler.proxy.HttpProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How connections to sinks are made: directly, or through a proxy. Thread-safe, never blocks. */
final class Egress {

    /**
     * Stands for the address of a name that only the proxy resolves. It is of TEST-NET-1 (RFC 5737), so that a
     * connection to it by mistake leads nowhere.
     */
    private static final byte[] NOWHERE = {(byte) 192, 0, 2, 1};

    private final Resolver resolver;
    private final UsableAddresses guard;
    private final @Nullable EgressProxy proxy;
    /** Where the proxy was when last asked for. */
    private volatile @Nullable InetSocketAddress at;

    Egress(Resolver resolver, UsableAddresses guard, @Nullable EgressProxy proxy) {
        this.resolver = resolver;
        this.guard = guard;
        this.proxy = proxy == null || proxy.url() == null ? null : proxy;
    }

    /** The proxy has no address now. */
    static final class NoProxyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoProxyException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * The addresses of a sink's name, and, before them, of the proxy; fails with {@link NoProxyException} when that is
     * not found.
     */
    CompletionStage<List<InetAddress>> resolve(String host) {
        EgressProxy through = proxy;
        if (through == null) return resolver.resolve(host);
        return resolver.resolve(through.host())
                .handle((found, failure) -> {
                    if (failure != null || found.isEmpty())
                        throw new CompletionException(
                                new NoProxyException(failure == null ? new UnknownHostException() : failure));
                    at = new InetSocketAddress(plain(found.getFirst()), through.port());
                    return found;
                })
                .thenCompose(found -> through.trusted() && isName(host)
                        ? CompletableFuture.completedFuture(List.of(named(host)))
                        : resolver.resolve(host));
    }

    /**
     * Which of the addresses may be connected to. All of them when a trusted proxy resolves the name, since it then
     * guards the addresses itself.
     */
    List<InetAddress> usable(String host, List<InetAddress> found) {
        if (proxy != null && proxy.trusted() && isName(host)) return found;
        List<InetAddress> usable = guard.of(host, found);
        // Without their names, since Netty would send the proxy the name in place of the checked address.
        return proxy == null ? usable : usable.stream().map(Egress::plain).toList();
    }

    private static boolean isName(String host) {
        return SinkGuard.literal(host).isEmpty() && !SinkGuard.isLocalhost(host);
    }

    private static InetAddress named(String host) {
        try {
            return InetAddress.getByAddress(host, NOWHERE);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }

    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address is one", impossible);
        }
    }

    /** Where a request is sent in absolute form instead of to its sink; empty when it goes to the sink or by a tunnel. */
    Optional<InetSocketAddress> forwards(WebhookRequest request) {
        InetSocketAddress known = at;
        boolean forwards = proxy != null && proxy.trusted() && !request.secure() && isName(request.host());
        return forwards && known != null ? Optional.of(known) : Optional.empty();
    }

    /** {@code Proxy-Authorization} of a request in absolute form; empty when the proxy asks for none. */
    Optional<String> authorization() {
        if (proxy == null || proxy.username() == null) return Optional.empty();
        byte[] user = (proxy.username() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(user));
    }

    /** What asks the proxy for a tunnel to a destination; empty when it is reached without one. */
    Optional<ChannelHandler> tunnel(SocketAddress destination) {
        InetSocketAddress known = at;
        if (proxy == null || known == null || known.equals(destination)) return Optional.empty();
        String user = proxy.username();
        String password = proxy.password();
        return Optional.of(
                user == null || password == null
                        ? new HttpProxyHandler(known)
                        : new HttpProxyHandler(known, user, password));
    }
}

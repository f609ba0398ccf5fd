package io.eventful.subscription;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says where the gateway may connect on behalf of a subscriber: to public unicast addresses, and to the networks that
 * the operator allowed. Guards against server-side request forgery; ask it at creation, and again for the very address
 * that is connected to. Thread-safe, never blocks, never asks DNS.
 */
public final class SinkGuard {

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    private final List<Network> allowed;

    /**
     * @param allowedNetworks blocks ({@code 10.0.0.0/8}) or addresses that are allowed although they are not public
     * @throws IllegalArgumentException when one of them cannot be read
     */
    public SinkGuard(List<String> allowedNetworks) {
        this.allowed = allowedNetworks.stream().map(Network::parse).toList();
    }

    /**
     * The name of the range that an address is forbidden by, such as {@code loopback}; empty when it may be connected to.
     * An IPv4 address inside an IPv6 one (mapped, NAT64) counts as what it embeds.
     */
    public Optional<String> forbidden(InetAddress address) {
        return forbidden(address.getAddress());
    }

    /** The address that a host means in any spelling (see {@code 0x7f.1}); empty when the host is a name. */
    public static Optional<InetAddress> literal(String host) {
        return HostLiterals.parse(host);
    }

    /** The first forbidden one of some addresses, with its reason; empty when all are allowed. */
    public Optional<String> firstForbidden(List<InetAddress> addresses) {
        return addresses.stream()
                .flatMap(address -> forbidden(address).map(range -> text(address) + " is " + range).stream())
                .findFirst();
    }

    /**
     * The addresses of a name that may be connected to: all of them, or none when one is forbidden, because a name that
     * leads inside and outside is a trick. Only {@code localhost} may keep some: it is known to mean both families.
     */
    public List<InetAddress> usable(String host, List<InetAddress> addresses) {
        if (!isLocalhost(host)) return firstForbidden(addresses).isEmpty() ? addresses : List.of();
        return addresses.stream()
                .filter(address -> forbidden(address).isEmpty())
                .toList();
    }

    /** RFC 6761, 6.3: these names always mean loopback, whatever a resolver says. */
    public static boolean isLocalhost(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.equals("localhost") || bare.endsWith(".localhost");
    }

    static String text(InetAddress address) {
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    private Optional<String> forbidden(byte[] address) {
        byte[] bytes = mapped(address) ? Arrays.copyOfRange(address, 12, 16) : address;
        for (Network network : allowed) if (network.contains(bytes)) return Optional.empty();
        if (NAT64.contains(bytes)) return forbidden(Arrays.copyOfRange(bytes, 12, 16));
        return ForbiddenRanges.reason(bytes);
    }

    private static boolean mapped(byte[] address) {
        return address.length == 16 && Arrays.equals(address, 0, 12, MAPPED, 0, 12);
    }

    /** Asks a resolver for the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        /** @throws UnknownHostException when the name has no address now */
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }
}

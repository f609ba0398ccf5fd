package io.eventful.subscription;

import java.util.List;
import java.util.Optional;

/**
 * The addresses that no public receiver of webhooks has: the IANA special-purpose registries (RFC 6890 and its
 * successors), the metadata services of clouds, and all of IPv6 outside global unicast.
 */
final class ForbiddenRanges {

    private record Range(Network network, String reason) {}

    private static final List<Range> IPV4 = List.of(
            range("0.0.0.0/8", "this network (0.0.0.0/8)"),
            range("10.0.0.0/8", "private (10.0.0.0/8)"),
            range("100.64.0.0/10", "carrier-grade NAT (100.64.0.0/10)"),
            range("127.0.0.0/8", "loopback (127.0.0.0/8)"),
            range("168.63.129.16/32", "a cloud's metadata service"),
            range("169.254.169.254/32", "a cloud's metadata service"),
            range("169.254.0.0/16", "link-local (169.254.0.0/16)"),
            range("172.16.0.0/12", "private (172.16.0.0/12)"),
            range("192.0.0.0/24", "for IETF protocols (192.0.0.0/24)"),
            range("192.0.2.0/24", "for documentation (192.0.2.0/24)"),
            range("192.31.196.0/24", "AS112 (192.31.196.0/24)"),
            range("192.52.193.0/24", "AMT (192.52.193.0/24)"),
            range("192.88.99.0/24", "6to4 relay anycast (192.88.99.0/24)"),
            range("192.168.0.0/16", "private (192.168.0.0/16)"),
            range("192.175.48.0/24", "AS112 (192.175.48.0/24)"),
            range("198.18.0.0/15", "for benchmarks (198.18.0.0/15)"),
            range("198.51.100.0/24", "for documentation (198.51.100.0/24)"),
            range("203.0.113.0/24", "for documentation (203.0.113.0/24)"),
            range("224.0.0.0/4", "multicast (224.0.0.0/4)"),
            range("255.255.255.255/32", "broadcast"),
            range("240.0.0.0/4", "reserved (240.0.0.0/4)"));

    private static final List<Range> IPV6 = List.of(
            range("::/128", "unspecified (::)"),
            range("::1/128", "loopback (::1)"),
            range("::/96", "IPv4-compatible (::/96)"),
            range("64:ff9b:1::/48", "local NAT64 (64:ff9b:1::/48)"),
            range("::/8", "reserved (::/8)"),
            range("100::/64", "discard (100::/64)"),
            range("2001::/32", "Teredo (2001::/32)"),
            range("2001:2::/48", "for benchmarks (2001:2::/48)"),
            range("2001:10::/28", "ORCHID (2001:10::/28)"),
            range("2001:20::/28", "ORCHIDv2 (2001:20::/28)"),
            range("2001::/23", "for IETF protocols (2001::/23)"),
            range("2001:db8::/32", "for documentation (2001:db8::/32)"),
            range("2002::/16", "6to4 (2002::/16)"),
            range("2620:4f:8000::/48", "AS112 (2620:4f:8000::/48)"),
            range("3fff::/20", "for documentation (3fff::/20)"),
            range("5f00::/16", "SRv6 (5f00::/16)"),
            range("fc00::/7", "unique local (fc00::/7)"),
            range("fe80::/10", "link-local (fe80::/10)"),
            range("fec0::/10", "site-local (fec0::/10)"),
            range("ff00::/8", "multicast (ff00::/8)"));

    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    private ForbiddenRanges() {}

    /** The range an address of 4 or 16 bytes is forbidden by; empty when it is public. */
    static Optional<String> reason(byte[] address) {
        for (Range range : address.length == 4 ? IPV4 : IPV6)
            if (range.network().contains(address)) return Optional.of(range.reason());
        if (address.length == 16 && !GLOBAL_UNICAST.contains(address))
            return Optional.of("not global unicast (2000::/3)");
        return Optional.empty();
    }

    private static Range range(String network, String reason) {
        return new Range(Network.parse(network), reason);
    }
}

package io.eventful.subscription;

import java.net.InetAddress;

/** A block of IP addresses (CIDR, RFC 4632 and RFC 4291). */
final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Network parse(String text) {
        String trimmed = text.strip();
        int slash = trimmed.indexOf('/');
        byte[] address = HostLiterals.canonical(slash < 0 ? trimmed : trimmed.substring(0, slash))
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" does not start with an IP address"));
        int width = address.length * 8;
        if (slash < 0) return new Network(address, width);
        String length = trimmed.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > width)
            throw new IllegalArgumentException(
                    "\"" + text + "\" needs a prefix length between 0 and " + width + " after the slash");
        return new Network(address, Integer.parseInt(length));
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) return false;
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) if (address[i] != prefix[i]) return false;
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
    }
}

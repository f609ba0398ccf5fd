package io.eventful.subscription;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * IP addresses written as hosts, in every spelling that clients and resolvers understand: dotted, short ({@code 127.1}),
 * one number, octal, hexadecimal, with a trailing dot, in brackets, with a zone. Never asks DNS.
 */
final class HostLiterals {

    private HostLiterals() {}

    /** The address that a host means; empty when the host is a name. */
    static Optional<InetAddress> parse(String host) {
        String bare = host;
        if (bare.startsWith("[") && bare.endsWith("]")) bare = bare.substring(1, bare.length() - 1);
        if (bare.indexOf(':') >= 0) return ipv6(bare);
        if (bare.endsWith(".")) bare = bare.substring(0, bare.length() - 1);
        return ipv4(bare);
    }

    /** The same for settings, where only the plain spellings count. */
    static Optional<InetAddress> canonical(String text) {
        return text.indexOf(':') >= 0 || text.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}")
                ? parse(text)
                : Optional.empty();
    }

    /** Whether a host can only be a number: its last label is one, as no top-level domain is (WHATWG URL, 3.5). */
    static boolean numeric(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = bare.substring(bare.lastIndexOf('.') + 1);
        return !last.isEmpty() && (last.chars().allMatch(c -> c >= '0' && c <= '9') || number(last) >= 0);
    }

    private static Optional<InetAddress> ipv6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!address.matches("[0-9A-Fa-f:.]+") || address.indexOf(':') < 0) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) return Optional.empty();
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            boolean last = i == parts.length - 1;
            long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
            if (part < 0 || part >= limit) return Optional.empty();
            value = last ? (value << (8 * (5 - parts.length))) | part : (value << 8) | part;
        }
        byte[] bytes = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** The value of a decimal, octal (leading 0) or hexadecimal (leading 0x) number; -1 when it is none. */
    private static long number(String text) {
        int radix = 10;
        String digits = text;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            digits = digits.substring(2);
            if (digits.isEmpty()) return 0;
        } else if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = 8;
            digits = digits.substring(1);
        }
        if (digits.isEmpty() || digits.length() > 64) return -1;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
            if (digit < 0) return -1;
            value = Math.min(value * radix + digit, 1L << 40);
        }
        return value;
    }
}

package io.eventful.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes to a sink.
 *
 * @param method {@code POST}, or {@code OPTIONS} for the handshake
 * @param target absolute http or https URI
 * @param headers in the order they are sent
 * @param body exact bytes; must not be modified
 * @param identity certificate to show; null for none
 */
record WebhookRequest(
        String method,
        URI target,
        List<Field> headers,
        byte[] body,
        @Nullable ClientIdentity identity) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    WebhookRequest(String method, URI target, Map<String, String> headers, byte[] body) {
        this(method, target, Field.of(headers), body, null);
    }

    /** Never prints a header or a query: they may hold credentials. */
    @Override
    public String toString() {
        return "WebhookRequest[" + method + " " + target.getScheme() + "://" + target.getRawAuthority() + "]";
    }

    boolean secure() {
        return "https".equalsIgnoreCase(target.getScheme());
    }

    int port() {
        if (target.getPort() >= 0) return target.getPort();
        return secure() ? 443 : 80;
    }

    /** The host without the brackets of an IPv6 literal. */
    String host() {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** What {@code Host} says: the authority without a default port. */
    String authority() {
        int standard = secure() ? 443 : 80;
        return port() == standard ? target.getHost() : target.getHost() + ":" + port();
    }

    /** The whole address, as a proxy that forwards wants it. */
    String absolute() {
        return target.getScheme() + "://" + authority() + requestTarget();
    }

    /** Path and query as written, but for what is not ASCII: servers refuse it in a request line (RFC 3987, 3.1). */
    String requestTarget() {
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return ascii(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery());
    }

    private static String ascii(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) return text;
        StringBuilder ascii = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0) ascii.append((char) octet);
            else HEX.toHexDigits(ascii.append('%'), octet);
        }
        return ascii.toString();
    }
}

package io.eventful.delivery;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between the gateway and sinks.
 *
 * @param url {@code http://host:port} of an HTTP proxy; null for none
 * @param username for Basic authentication at the proxy; null for none
 * @param password of that user; never shown
 * @param trusted false: names are resolved and checked here, and the proxy is asked ({@code CONNECT}) for the checked
 *     address, for http and https alike, so that it cannot be led elsewhere. True: the proxy resolves names and keeps
 *     the gateway from forbidden addresses itself; http goes to it in absolute form, https by {@code CONNECT} with the
 *     name. Addresses written as such, and {@code localhost}, are checked here in either case
 */
public record EgressProxy(
        @Nullable URI url,
        @Nullable String username,
        @Nullable String password,
        boolean trusted) {

    private static final String PREFIX = "eventful.delivery.proxy.";

    public EgressProxy {
        if (url == null) {
            if (username != null || password != null || trusted)
                throw new IllegalArgumentException(
                        PREFIX + "url is missing: set it to the URL of the proxy, or remove the other keys");
        } else if (!"http".equalsIgnoreCase(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || !(url.getRawPath() == null
                        || url.getRawPath().isEmpty()
                        || url.getRawPath().equals("/")))
            throw new IllegalArgumentException(PREFIX
                    + "url is not the URL of a proxy: use http://host:port, and username and password for credentials");
        if (username == null != (password == null))
            throw new IllegalArgumentException(
                    PREFIX + "only one of username and password is set: set both or neither");
        if (username != null && username.indexOf(':') >= 0)
            throw new IllegalArgumentException(
                    PREFIX + "username contains a colon, which ends it (RFC 7617, section 2): use one without");
        printable("username", username);
        printable("password", password);
    }

    /** They are sent encoded, but the proxy reads no control characters there (RFC 7617, section 2). */
    private static void printable(String key, @Nullable String value) {
        if (value != null && value.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException(PREFIX + key + " contains a line break or another control character:"
                    + " remove it; the last line of a file often ends with one");
    }

    int port() {
        return url == null || url.getPort() < 0 ? 80 : url.getPort();
    }

    /** The host without the brackets of an IPv6 literal; fails when there is no proxy. */
    String host() {
        if (url == null) throw new IllegalStateException("no proxy is configured");
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return "EgressProxy[url=" + url + ", trusted=" + trusted + "]";
    }
}

package io.eventful.edge;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An address that this gateway listens on.
 *
 * @param bind address to listen on
 * @param port TCP port; 0 for any free one
 */
record OwnAddress(String bind, int port) {

    /** Whether a URL leads here, whatever names and networks there are: another system may be at any other address. */
    boolean isCertainlyAt(URI url) {
        int called = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        if (port == 0 || called != port || url.getHost() == null) return false;
        InetAddress own = literal(bind);
        InetAddress host = literal(url.getHost());
        if (own == null || host == null) return false;
        boolean covered = own instanceof Inet6Address || host instanceof Inet4Address;
        return host.equals(own) || own.isAnyLocalAddress() && covered && host.isLoopbackAddress();
    }

    private static @Nullable InetAddress literal(String host) {
        byte[] address =
                NetUtil.createByteArrayFromIpAddressString(host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host);
        if (address == null) return null;
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(host + " has a length that no address has", e);
        }
    }
}

package io.eventful.admin;

import io.eventful.edge.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The client that presents a key.
 *
 * @param name the address; for IPv6 its /64 network, because a client can usually use every address of its network
 * @param here whether the client is on the gateway's own machine and is not a proxy for others
 */
record KeyClient(String name, boolean here) {

    /** Bytes of an IPv6 address that identify the network. */
    private static final int NETWORK = 8;

    /** Header fields that a proxy adds. */
    private static final List<String> PASSED_ON = List.of("Forwarded", "X-Forwarded-For", "Via");

    static KeyClient of(HttpServletRequest request) {
        boolean direct = PASSED_ON.stream().allMatch(field -> request.getHeader(field) == null);
        return of(request.getRemoteAddr(), request.getLocalAddr(), direct);
    }

    /** The client of a request to the data port. */
    static KeyClient of(RequestHead head) {
        boolean direct =
                PASSED_ON.stream().allMatch(field -> head.fields().first(field).isEmpty());
        return of(head.remote(), "", direct);
    }

    private static KeyClient of(String remote, String local, boolean direct) {
        // InetAddress resolves an empty name to the loopback address.
        if (remote.isEmpty()) return new KeyClient(remote, false);
        try {
            // Parses a literal address without a DNS lookup.
            InetAddress address = InetAddress.getByName(remote);
            boolean here = address.isLoopbackAddress() || remote.equals(local);
            return new KeyClient(name(address), direct && here);
        } catch (UnknownHostException e) {
            return new KeyClient(remote, false);
        }
    }

    private static String name(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        if (bytes.length <= NETWORK) return address.getHostAddress();
        byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, NETWORK), bytes.length);
        return InetAddress.getByAddress(network).getHostAddress() + "/" + NETWORK * Byte.SIZE;
    }
}

package io.eventful.admin;

import io.eventful.edge.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Who presents a key.
 *
 * @param name the address; of IPv6 its network, as who has one address of a network may have any
 * @param here whether it is on the gateway's own machine, and no proxy there speaks for others
 */
record KeyClient(String name, boolean here) {

    /** Bytes of an IPv6 address that tell networks apart. */
    private static final int NETWORK = 8;

    /** Fields by which a proxy says that it is one. */
    private static final List<String> PASSED_ON = List.of("Forwarded", "X-Forwarded-For", "Via");

    static KeyClient of(HttpServletRequest request) {
        boolean direct = PASSED_ON.stream().allMatch(field -> request.getHeader(field) == null);
        return of(request.getRemoteAddr(), request.getLocalAddr(), direct);
    }

    /** At the data port, which does not say by which of its own addresses it was called. */
    static KeyClient of(RequestHead head) {
        boolean direct =
                PASSED_ON.stream().allMatch(field -> head.fields().first(field).isEmpty());
        return of(head.remote(), "", direct);
    }

    private static KeyClient of(String remote, String local, boolean direct) {
        // InetAddress takes an empty name for the loopback address.
        if (remote.isEmpty()) return new KeyClient(remote, false);
        try {
            // Of a literal address this asks nobody.
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

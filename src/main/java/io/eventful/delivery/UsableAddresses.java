package io.eventful.delivery;

import java.net.InetAddress;
import java.util.List;

/** Which of the addresses that a name resolved to may be connected to. */
@FunctionalInterface
interface UsableAddresses {

    /** Some or all of the addresses, in their order; none when the name must not be called. */
    List<InetAddress> of(String host, List<InetAddress> found);
}

package io.eventful.delivery;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Names to addresses. Never blocks the caller. */
@FunctionalInterface
interface Resolver {

    /** Every address of a host name or address literal; fails when there is none. */
    CompletionStage<List<InetAddress>> resolve(String host);
}

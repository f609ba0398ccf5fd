package io.eventful.subscription;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a sink may be subscribed with, as far as can be known when it is written. */
interface SinkPolicy {

    /** Why an address is refused; empty when it is not. */
    Optional<String> refusal(InetAddress address);

    /** Why a host name is refused; empty when it is not. */
    Optional<String> refusal(String name);

    /** What was checked when it was written is not checked again: delivery guards each connection. */
    SinkPolicy ALREADY_CHECKED = new SinkPolicy() {
        @Override
        public Optional<String> refusal(InetAddress address) {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal(String name) {
            return Optional.empty();
        }
    };

    /**
     * Asks a guard about literal addresses and about every address that a name has now. A name without an address, or
     * without an answer in two seconds, passes: DNS may come later, and each connection is guarded again.
     */
    record Guarded(SinkGuard guard, SinkGuard.Resolver resolver) implements SinkPolicy {

        private static final long PATIENCE_MILLIS = 2_000;

        @Override
        public Optional<String> refusal(InetAddress address) {
            return guard.firstForbidden(List.of(address));
        }

        @Override
        public Optional<String> refusal(String name) {
            if (!SinkGuard.isLocalhost(name)) return guard.firstForbidden(addresses(name));
            List<InetAddress> both = List.of(loopback("127.0.0.1"), loopback("::1"));
            return guard.usable(name, both).isEmpty() ? guard.firstForbidden(both) : Optional.empty();
        }

        private static InetAddress loopback(String text) {
            return HostLiterals.parse(text).orElseThrow();
        }

        private List<InetAddress> addresses(String name) {
            Callable<List<InetAddress>> question = () -> {
                try {
                    return resolver.resolve(name);
                } catch (UnknownHostException e) {
                    return List.of();
                }
            };
            FutureTask<List<InetAddress>> answer = new FutureTask<>(question);
            Thread.ofVirtual().name("resolve-sink").start(answer);
            try {
                return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException | CancellationException e) {
                return List.of();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
    }
}

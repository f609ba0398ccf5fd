package io.eventful.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * Counts keys that were tried, so that a short one cannot be guessed through the sign-in page. Each client has a count of
 * its own: who guesses shuts out nobody else.
 */
final class SignInAttempts {

    /** Keys of one client that are looked at within {@link #SPAN}. */
    static final int MOST = 10;

    /** Keys that are looked at within {@link #SPAN}, whoever sends them; so many are remembered. */
    static final int MOST_OF_ALL = 1_000;

    static final Duration SPAN = Duration.ofMinutes(1);

    /** Bytes of an IPv6 address that tell networks apart: who has one address of a network may have any. */
    private static final int NETWORK = 8;

    private final Clock clock;
    private final Deque<Attempt> attempts = new ArrayDeque<>();

    private record Attempt(Instant time, String client) {}

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Whether a key from an address is looked at now. It counts at once: many sent together are no more than those in a row. */
    synchronized boolean admit(String address) {
        Instant now = clock.instant();
        Instant since = now.minus(SPAN);
        while (!attempts.isEmpty() && !attempts.getFirst().time().isAfter(since)) attempts.removeFirst();
        String client = client(address);
        if (attempts.size() >= MOST_OF_ALL) return false;
        if (attempts.stream().filter(attempt -> attempt.client().equals(client)).count() >= MOST) return false;
        attempts.addLast(new Attempt(now, client));
        return true;
    }

    /** The key from an address was right: what it tried before counts no longer. */
    synchronized void succeeded(String address) {
        String client = client(address);
        attempts.removeIf(attempt -> attempt.client().equals(client));
    }

    private static String client(String address) {
        if (address.indexOf(':') < 0) return address;
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK ? HexFormat.of().formatHex(bytes, 0, NETWORK) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

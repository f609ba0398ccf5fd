package io.eventful.subscription;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/** Makes ids and secrets that nobody can guess. */
final class Identifiers {

    private static final char[] BASE32 = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int SECRET_BYTES = 32;

    private final Clock clock;
    private final SecureRandom random;
    private final AtomicReference<String> last = new AtomicReference<>("");

    Identifiers(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * {@code sub_}, 48 bits of time and 80 random ones in Crockford's base 32: sorts by creation, within a millisecond
     * and when the clock steps back too; has no dots.
     */
    String subscription() {
        String fresh = draw();
        return last.accumulateAndGet(fresh, (before, drawn) -> drawn.compareTo(before) > 0 ? drawn : successor(before));
    }

    private static String successor(String id) {
        char[] text = id.toCharArray();
        for (int i = text.length - 1; i >= 4; i--) {
            int digit = Arrays.binarySearch(BASE32, text[i]);
            text[i] = BASE32[(digit + 1) % 32];
            if (digit < 31) break;
        }
        return new String(text);
    }

    private String draw() {
        long time = clock.millis();
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        char[] text = new char[26];
        for (int i = 9; i >= 0; i--, time >>>= 5) text[i] = BASE32[(int) (time & 31)];
        for (int i = 10; i < 26; i++) text[i] = BASE32[bytes[i - 10] & 31];
        return "sub_" + new String(text);
    }

    /** A signing secret of Standard Webhooks 1.0: {@code whsec_} and the base64 of 32 random bytes, or {@code whsk_…}. */
    String secret(SignatureScheme scheme) {
        if (scheme == SignatureScheme.V1A) return SigningKeys.generate(random);
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return scheme.prefix() + Base64.getEncoder().encodeToString(bytes);
    }
}

package io.eventful.subscription;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** Makes ids and secrets that nobody can guess. */
final class Identifiers {

    static final String SECRET_PREFIX = "whsec_";

    private static final char[] BASE32 = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int SECRET_BYTES = 32;

    private final Clock clock;
    private final SecureRandom random;

    Identifiers(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** {@code sub_}, 48 bits of time and 80 random ones in Crockford's base 32: sorts by creation, has no dots. */
    String subscription() {
        long time = clock.millis();
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        char[] text = new char[26];
        for (int i = 9; i >= 0; i--, time >>>= 5) text[i] = BASE32[(int) (time & 31)];
        for (int i = 10; i < 26; i++) text[i] = BASE32[bytes[i - 10] & 31];
        return "sub_" + new String(text);
    }

    /** A signing secret of Standard Webhooks 1.0: {@code whsec_} and the base64 of 32 random bytes. */
    String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** 256 random bits for a URL. */
    String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

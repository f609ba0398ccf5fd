package io.eventful.subscription;

import java.util.Arrays;
import java.util.Optional;

/** How webhooks are signed (Standard Webhooks 1.0.0). */
public enum SignatureScheme {
    /** HMAC-SHA256 with a shared secret. */
    V1("v1", "whsec_"),
    /** Ed25519: who verifies needs the public key only. */
    V1A("v1a", "whsk_");

    private final String version;
    private final String prefix;

    SignatureScheme(String version, String prefix) {
        this.version = version;
        this.prefix = prefix;
    }

    static Optional<SignatureScheme> of(String version) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.version.equals(version))
                .findFirst();
    }

    /** As it stands before the comma in {@code webhook-signature}. */
    public String version() {
        return version;
    }

    /** What the text form of its secret keys begins with. */
    public String prefix() {
        return prefix;
    }
}

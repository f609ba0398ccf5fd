package io.eventful.receive;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and their comparison in constant time. */
final class Digests {

    private Digests() {}

    /** The keyed digest of several pieces, as if they were one. */
    static byte[] hmac(String algorithm, byte[] key, byte[]... pieces) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] piece : pieces) mac.update(piece);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Equality of texts of any lengths; its duration tells neither where they differ nor how long the secret one is. */
    static boolean same(byte[] left, byte[] right) {
        return MessageDigest.isEqual(sha256(left), sha256(right));
    }
}

package io.eventful.receive;

import java.security.MessageDigest;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacUtils;

/** Digests and their comparison in constant time. */
final class Digests {

    private Digests() {}

    /** The keyed digest of several pieces, as if they were one. */
    static byte[] hmac(String algorithm, byte[] key, byte[]... pieces) {
        Mac mac = HmacUtils.getInitializedMac(algorithm, key);
        for (byte[] piece : pieces) mac.update(piece);
        return mac.doFinal();
    }

    /** Equality of texts of any lengths; its duration tells neither where they differ nor how long the secret one is. */
    static boolean same(byte[] left, byte[] right) {
        return MessageDigest.isEqual(DigestUtils.sha256(left), DigestUtils.sha256(right));
    }
}

package io.eventful.receive;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** A key of Standard Webhooks 1.0.0, which decides over one signature of its version. */
sealed interface SigningKey {

    String SYMMETRIC = "whsec_";
    String PUBLIC = "whpk_";
    String PRIVATE = "whsk_";

    /** What stands before the comma in a signature that this key can decide over. */
    String version();

    boolean matches(byte[] signature, byte[] start, byte[] body);

    /** Version {@code v1}: HMAC-SHA256. */
    record Symmetric(byte[] key) implements SigningKey {

        @Override
        public String version() {
            return "v1";
        }

        @Override
        public boolean matches(byte[] signature, byte[] start, byte[] body) {
            return MessageDigest.isEqual(Digests.hmac("HmacSHA256", key, start, body), signature);
        }
    }

    /** Version {@code v1a}: Ed25519 (RFC 8032). */
    record Asymmetric(PublicKey key) implements SigningKey {

        private static final int LENGTH = 32;
        /** Of a SubjectPublicKeyInfo with an Ed25519 key (RFC 8410). */
        private static final byte[] DER_START = HexFormat.of().parseHex("302a300506032b6570032100");

        static Asymmetric of(byte[] octets) {
            if (octets.length != LENGTH) throw new IllegalArgumentException("a public key has 32 octets");
            byte[] der = new byte[DER_START.length + LENGTH];
            System.arraycopy(DER_START, 0, der, 0, DER_START.length);
            System.arraycopy(octets, 0, der, DER_START.length, LENGTH);
            try {
                return new Asymmetric(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("not a public key", e);
            }
        }

        @Override
        public String version() {
            return "v1a";
        }

        @Override
        public boolean matches(byte[] signature, byte[] start, byte[] body) {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(start);
                verifier.update(body);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                // A signature of another length, or with numbers out of range.
                return false;
            }
        }
    }

    /**
     * The key that a secret is the text of: {@code whsec_} or nothing before a symmetric one, {@code whpk_} before a
     * public one, in Base64. Fails with {@link IllegalArgumentException}.
     */
    static SigningKey of(Secret secret) {
        String text = secret.text().strip();
        if (text.startsWith(PRIVATE)) throw new IllegalArgumentException("a private key");
        if (text.startsWith(PUBLIC)) return Asymmetric.of(decode(text.substring(PUBLIC.length())));
        byte[] key = decode(text.startsWith(SYMMETRIC) ? text.substring(SYMMETRIC.length()) : text);
        if (key.length == 0) throw new IllegalArgumentException("an empty key");
        return new Symmetric(key);
    }

    /** A plus sign in a URI's query is read as a space; Base64 has no spaces, so it can only have been one. */
    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64.replace(' ', '+'));
    }
}

package io.eventful.subscription;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Ed25519 keys in the text forms of Standard Webhooks 1.0.0: {@code whsk_} and the base64 of seed and public key (32
 * bytes each), {@code whpk_} and the base64 of the public key.
 */
public final class SigningKeys {

    static final String PUBLIC_PREFIX = "whpk_";

    private static final String ALGORITHM = "Ed25519";
    private static final int HALF = 32;

    private SigningKeys() {}

    static String generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            // The encoded form (RFC 8410) ends with the key itself.
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(seed, 2 * HALF);
            System.arraycopy(encoded, encoded.length - HALF, both, HALF, HALF);
            return SignatureScheme.V1A.prefix() + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime from 15 on has Ed25519", e);
        }
    }

    /**
     * The key that signs.
     *
     * @param text {@code whsk_…}
     * @throws GeneralSecurityException when there is no Ed25519
     * @throws IllegalArgumentException when the text is no such key; its message may hold a part of it
     */
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        byte[] seed = Arrays.copyOf(bytes(text), HALF);
        return KeyFactory.getInstance(ALGORITHM)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    /** The public half of {@code whsk_…}, 32 bytes. */
    static byte[] publicBytes(String text) {
        return Arrays.copyOfRange(bytes(text), HALF, 2 * HALF);
    }

    /** The public half of {@code whsk_…} as {@code whpk_…}. */
    static String publicText(String text) {
        return PUBLIC_PREFIX + Base64.getEncoder().encodeToString(publicBytes(text));
    }

    private static byte[] bytes(String text) {
        String prefix = SignatureScheme.V1A.prefix();
        if (!text.startsWith(prefix)) throw new IllegalArgumentException("not a signing key");
        byte[] both = Base64.getDecoder().decode(text.substring(prefix.length()));
        if (both.length != 2 * HALF) throw new IllegalArgumentException("not a signing key");
        return both;
    }
}

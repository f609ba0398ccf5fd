package io.eventful.subscription;

import io.eventful.store.DataFolderException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be read from the store: AES-256-GCM, a fresh 96-bit nonce each time, bound to its place so
 * that a sealed value is worthless in another one. Layout: version 1, nonce (12), ciphertext and tag. Thread-safe.
 */
public final class Vault {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;

    Vault(SecretKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    byte[] seal(String secret, String place) {
        return seal(secret.getBytes(StandardCharsets.UTF_8), place);
    }

    /** Encrypts bytes for one place: they open for no other. */
    public byte[] seal(byte[] secret, String place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret);
            byte[] result = new byte[1 + NONCE + sealed.length];
            result[0] = VERSION;
            System.arraycopy(nonce, 0, result, 1, NONCE);
            System.arraycopy(sealed, 0, result, 1 + NONCE, sealed.length);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** @throws IllegalStateException when it was sealed with another key, for another place, or was changed */
    String open(byte[] sealed, String place) {
        return new String(openBytes(sealed, place), StandardCharsets.UTF_8);
    }

    /**
     * Decrypts what was sealed for a place.
     *
     * @throws DataFolderException when it was sealed with another key, for another place, or was changed
     */
    public byte[] openBytes(byte[] sealed, String place) {
        if (sealed.length <= 1 + NONCE || sealed[0] != VERSION)
            throw new IllegalStateException("a stored secret (" + place + ") has an unknown format");
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, 1, 1 + NONCE), place);
            return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            throw new DataFolderException(
                    "a stored secret (" + place + ") cannot be decrypted with this master key; restore the "
                            + MasterKey.FILE + " or " + MasterKey.VARIABLE + " that it was stored with",
                    e);
        }
    }

    /** A keyed digest of a text, for a URL: only who has the key can make it. */
    public String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            // A key of its own, derived, because the master key encrypts.
            mac.init(new SecretKeySpec(mac.doFinal("eventful mac 1".getBytes(StandardCharsets.UTF_8)), "HmacSHA256"));
            byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

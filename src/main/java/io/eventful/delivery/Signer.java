package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventful.subscription.SigningKeys;
import io.eventful.subscription.Subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a webhook by Standard Webhooks 1.0.0 over {@code id.timestamp.body}, the exact bytes that are sent: scheme v1 is
 * HMAC-SHA256, v1a Ed25519. Every live secret signs, newest first, parted by spaces: those of a rotation, and several
 * schemes side by side.
 */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";

    /** Initialised keys by secret, as long as the registry keeps it. */
    private final Cache<Secret, Key> keys =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private interface Key {
        byte[] sign(byte[] head, byte[] body) throws GeneralSecurityException, CloneNotSupportedException;
    }

    /** Copied for each signature, which is cheaper than to initialise one. */
    private record Shared(Mac initialised) implements Key {
        @Override
        public byte[] sign(byte[] head, byte[] body) throws CloneNotSupportedException {
            Mac mac = (Mac) initialised.clone();
            mac.update(head);
            return mac.doFinal(body);
        }
    }

    private record Private(PrivateKey key) implements Key {
        @Override
        public byte[] sign(byte[] head, byte[] body) throws GeneralSecurityException {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(head);
            signature.update(body);
            return signature.sign();
        }
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @throws SigningException when no live secret can sign: an unsigned webhook never goes out
     */
    String sign(String id, Instant timestamp, byte[] body, List<Secret> secrets) {
        byte[] head = (id + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        StringJoiner signatures = new StringJoiner(" ");
        signatures.setEmptyValue("");
        for (Secret secret : secrets)
            if (secret.expires().isAfter(timestamp))
                signatures.add(secret.scheme().version() + "," + signature(secret, head, body));
        if (signatures.length() == 0) throw new SigningException("the subscription has no live signing secret");
        return signatures.toString();
    }

    private String signature(Secret secret, byte[] head, byte[] body) {
        try {
            Key key = keys.getIfPresent(secret);
            if (key == null) keys.put(secret, key = key(secret));
            return Base64.getEncoder().encodeToString(key.sign(head, body));
        } catch (GeneralSecurityException | CloneNotSupportedException | IllegalArgumentException unusable) {
            // The cause's message could hold a part of the secret.
            throw new SigningException(
                    "a signing secret cannot be used: " + unusable.getClass().getSimpleName());
        }
    }

    private static Key key(Secret secret) throws GeneralSecurityException {
        return switch (secret.scheme()) {
            case V1 -> {
                String text = secret.text();
                String prefix = secret.scheme().prefix();
                byte[] bytes =
                        Base64.getDecoder().decode(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(bytes, ALGORITHM));
                yield new Shared(mac);
            }
            case V1A -> new Private(SigningKeys.privateKey(secret.text()));
        };
    }
}

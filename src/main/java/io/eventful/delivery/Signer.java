package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventful.subscription.Subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a webhook by Standard Webhooks 1.0.0, scheme v1: HMAC-SHA256 over {@code id.timestamp.body}, the exact bytes
 * that are sent. During a rotation every live secret signs, newest first, parted by spaces.
 */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    /** Initialised keys by secret, as long as the registry keeps it; copied for each signature. */
    private final Cache<Secret, Mac> macs =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

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
            if (secret.expires().isAfter(timestamp)) signatures.add("v1," + mac(secret, head, body));
        if (signatures.length() == 0) throw new SigningException("the subscription has no live signing secret");
        return signatures.toString();
    }

    private String mac(Secret secret, byte[] head, byte[] body) {
        try {
            Mac keyed = macs.getIfPresent(secret);
            if (keyed == null) macs.put(secret, keyed = keyed(secret));
            Mac mac = (Mac) keyed.clone();
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException | CloneNotSupportedException | IllegalArgumentException unusable) {
            // The cause's message could hold a part of the secret.
            throw new SigningException(
                    "a signing secret cannot be used: " + unusable.getClass().getSimpleName());
        }
    }

    private static Mac keyed(Secret secret) throws GeneralSecurityException {
        String text = secret.text();
        byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key, ALGORITHM));
        return mac;
    }
}

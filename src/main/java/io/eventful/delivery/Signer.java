package io.eventful.delivery;

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

    private Signer() {}

    /**
     * The value of {@code webhook-signature}.
     *
     * @throws SigningException when no live secret can sign: an unsigned webhook never goes out
     */
    static String sign(String id, Instant timestamp, byte[] body, List<Secret> secrets) {
        byte[] head = (id + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        StringJoiner signatures = new StringJoiner(" ");
        signatures.setEmptyValue("");
        for (Secret secret : secrets)
            if (secret.expires().isAfter(timestamp)) signatures.add("v1," + mac(secret, head, body));
        if (signatures.length() == 0) throw new SigningException("the subscription has no live signing secret");
        return signatures.toString();
    }

    private static String mac(Secret secret, byte[] head, byte[] body) {
        try {
            String text = secret.text();
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            // The cause's message could hold a part of the secret.
            throw new SigningException(
                    "a signing secret cannot be used: " + unusable.getClass().getSimpleName());
        }
    }
}

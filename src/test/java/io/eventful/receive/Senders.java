package io.eventful.receive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How senders sign, written down apart from how the gateway checks it. */
final class Senders {

    private Senders() {}

    static byte[] hmac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(String secret, String text) {
        return HexFormat.of().formatHex(hmac("HmacSHA256", utf8(secret), utf8(text)));
    }

    static String base64(byte[] key, String text) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA256", key, utf8(text)));
    }

    static String[] github(String secret, String event, String delivery, String body) {
        return new String[] {
            "X-GitHub-Event", event,
            "X-GitHub-Delivery", delivery,
            "X-Hub-Signature-256", "sha256=" + hex(secret, body),
        };
    }

    static String[] stripe(String secret, Instant time, String body) {
        String t = String.valueOf(time.getEpochSecond());
        return new String[] {"Stripe-Signature", "t=" + t + ",v1=" + hex(secret, t + '.' + body) + ",v0=00"};
    }

    static String[] slack(String secret, Instant time, String body) {
        String t = String.valueOf(time.getEpochSecond());
        return new String[] {
            "X-Slack-Request-Timestamp", t, "X-Slack-Signature", "v0=" + hex(secret, "v0:" + t + ':' + body),
        };
    }

    static String[] shopify(String secret, String topic, String id, String body) {
        return new String[] {
            "X-Shopify-Topic", topic,
            "X-Shopify-Webhook-Id", id,
            "X-Shopify-Hmac-SHA256", base64(utf8(secret), body),
        };
    }

    /** @param secret with its prefix */
    static String[] standard(String secret, String id, Instant time, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        String t = String.valueOf(time.getEpochSecond());
        return new String[] {
            "webhook-id", id,
            "webhook-timestamp", t,
            "webhook-signature", "v1," + base64(key, id + '.' + t + '.' + body),
        };
    }
}

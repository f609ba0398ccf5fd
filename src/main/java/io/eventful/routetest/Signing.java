package io.eventful.routetest;

import io.eventful.subscription.SignatureScheme;
import io.eventful.subscription.Subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs calls to {@code webhook-in:} paths as their providers do, with the secrets that the test gives. */
final class Signing {

    private final Map<String, Yam.Mapping> webhooks = new HashMap<>();
    private final VirtualTime time;
    private int number;

    Signing(TestCase test, VirtualTime time) {
        this.time = time;
        for (Yam each : TestCase.list(test.given(), "webhooks"))
            webhooks.put(TestCase.text((Yam.Mapping) each, "path"), (Yam.Mapping) each);
    }

    /** Headers that make the gateway believe a call; none when the path is not one of the given webhooks. */
    Map<String, String> headers(String path, byte[] body) {
        Yam.Mapping webhook = webhooks.get(path.split("\\?", 2)[0]);
        if (webhook == null) return Map.of();
        String secret = TestCase.text(webhook, "secret");
        Instant now = time.instant();
        String seconds = Long.toString(now.getEpochSecond());
        String id = "delivery-" + ++number;
        return switch (TestCase.text(webhook, "provider")) {
            case "github" ->
                Map.of(
                        "X-Hub-Signature-256",
                        "sha256=" + hex(hmac("HmacSHA256", secret, body)),
                        "X-GitHub-Delivery",
                        id);
            case "gitlab" -> Map.of("X-Gitlab-Token", secret, "X-Gitlab-Event-UUID", id);
            case "stripe" ->
                Map.of(
                        "Stripe-Signature",
                        "t=" + seconds + ",v1=" + hex(hmac("HmacSHA256", secret, join(seconds + ".", body))));
            case "slack" ->
                Map.of(
                        "X-Slack-Request-Timestamp",
                        seconds,
                        "X-Slack-Signature",
                        "v0=" + hex(hmac("HmacSHA256", secret, join("v0:" + seconds + ":", body))));
            case "shopify" ->
                Map.of("X-Shopify-Hmac-Sha256", base64(hmac("HmacSHA256", secret, body)), "X-Shopify-Webhook-Id", id);
            case "standard-webhooks" ->
                Map.of(
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        seconds,
                        "webhook-signature",
                        "v1," + base64(hmac("HmacSHA256", key(secret), join(id + "." + seconds + ".", body))));
            case "bearer", "cloudevents" -> Map.of("Authorization", "Bearer " + secret);
            case "basic" -> Map.of("Authorization", "Basic " + base64(secret.getBytes(StandardCharsets.UTF_8)));
            case "hmac" -> generic(webhook, secret, body);
            default -> Map.of();
        };
    }

    /** Whether a webhook is signed as its subscriber would check it, by one of the shared secrets when there are any. */
    static boolean isGenuine(StubRequest webhook, List<Secret> secrets) {
        List<Secret> shared = secrets.stream()
                .filter(secret -> secret.scheme() == SignatureScheme.V1)
                .toList();
        if (shared.isEmpty()) return true;
        String head = webhook.header("webhook-id") + "." + webhook.header("webhook-timestamp") + ".";
        List<String> given = List.of(webhook.header("webhook-signature").split(" "));
        return shared.stream()
                .map(secret -> "v1," + base64(hmac("HmacSHA256", key(secret.text()), join(head, webhook.body()))))
                .anyMatch(given::contains);
    }

    private static Map<String, String> generic(Yam.Mapping webhook, String secret, byte[] body) {
        String algorithm = or(TestCase.text(webhook, "algorithm"), "sha256").replace("-", "");
        byte[] code = hmac("Hmac" + algorithm.toUpperCase(Locale.ROOT), secret, body);
        String text = TestCase.text(webhook, "encoding").equals("base64") ? base64(code) : hex(code);
        return Map.of(or(TestCase.text(webhook, "header"), "X-Signature"), TestCase.text(webhook, "prefix") + text);
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static byte[] key(String secret) {
        return secret.startsWith("whsec_")
                ? Base64.getDecoder().decode(secret.substring(6))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] hmac(String algorithm, String secret, byte[] bytes) {
        return hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static byte[] hmac(String algorithm, byte[] secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no signature " + algorithm, e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

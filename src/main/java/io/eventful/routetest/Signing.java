package io.eventful.routetest;

import io.eventful.event.Subjects;
import io.eventful.subscription.SignatureScheme;
import io.eventful.subscription.Subscription.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs calls to {@code webhook-in:} paths as their providers do, with the secrets that the test gives. */
final class Signing {

    /** Who can be played. */
    static final String[] PROVIDERS = {
        "github", "gitlab", "stripe", "slack", "shopify", "standard-webhooks", "hmac", "basic", "bearer", "cloudevents"
    };

    private static final String SECRET = "whsec_";
    private static final String PRIVATE = "whsk_";
    private static final String BODY = "{body}";
    private static final Pattern PLACE = Pattern.compile("\\{body}|\\{header:([^}]+)}");

    private final Map<String, Yam.Mapping> webhooks = new HashMap<>();
    private final VirtualTime time;
    private int number;

    Signing(TestCase test, VirtualTime time) {
        this.time = time;
        for (Yam each : TestCase.list(test.given(), "webhooks"))
            webhooks.put(Subjects.normalise(TestCase.text((Yam.Mapping) each, "path")), (Yam.Mapping) each);
    }

    /**
     * Headers that make the gateway believe a call; none when the path is not one of the given webhooks.
     *
     * @param given headers of the call, by lower-case names: what of them a signature is made over counts
     */
    Map<String, String> headers(String path, Map<String, String> given, byte[] body) {
        Yam.Mapping webhook = webhooks.get(Subjects.normalise(path));
        if (webhook == null) return Map.of();
        String secret = TestCase.text(webhook, "secret");
        String seconds = Long.toString(time.instant().getEpochSecond());
        String id = "delivery-" + ++number;
        return switch (TestCase.text(webhook, "provider")) {
            case "github" ->
                Map.of(
                        "X-Hub-Signature-256",
                        "sha256=" + hex(hmac("HmacSHA256", secret, body)),
                        "X-GitHub-Delivery",
                        id);
            case "gitlab" ->
                secret.startsWith(SECRET)
                        ? standard(secret, given, id, seconds, body)
                        : Map.of("X-Gitlab-Token", secret, "X-Gitlab-Event-UUID", id);
            case "stripe" ->
                Map.of(
                        "Stripe-Signature",
                        "t=" + seconds + ",v1=" + hex(hmac("HmacSHA256", secret, join(seconds + ".", body))));
            case "slack" -> {
                String at = given.getOrDefault("x-slack-request-timestamp", seconds);
                yield Map.of(
                        "X-Slack-Request-Timestamp",
                        at,
                        "X-Slack-Signature",
                        "v0=" + hex(hmac("HmacSHA256", secret, join("v0:" + at + ":", body))));
            }
            case "shopify" ->
                Map.of("X-Shopify-Hmac-Sha256", base64(hmac("HmacSHA256", secret, body)), "X-Shopify-Webhook-Id", id);
            case "standard-webhooks" -> standard(secret, given, id, seconds, body);
            case "bearer", "cloudevents" -> Map.of("Authorization", "Bearer " + secret);
            case "basic" -> Map.of("Authorization", "Basic " + base64(secret.getBytes(StandardCharsets.UTF_8)));
            default -> generic(webhook, secret, given, seconds, body);
        };
    }

    private static Map<String, String> standard(
            String secret, Map<String, String> given, String id, String seconds, byte[] body) {
        String name = given.getOrDefault("webhook-id", id);
        String at = given.getOrDefault("webhook-timestamp", seconds);
        byte[] text = join(name + "." + at + ".", body);
        String signature = secret.startsWith(PRIVATE)
                ? "v1a," + base64(ed25519(Base64.getDecoder().decode(secret.substring(PRIVATE.length())), text))
                : "v1," + base64(hmac("HmacSHA256", key(secret), text));
        return Map.of("webhook-id", name, "webhook-timestamp", at, "webhook-signature", signature);
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

    /** What {@code hmac} is described by, as the options of the route have it. */
    private static Map<String, String> generic(
            Yam.Mapping webhook, String secret, Map<String, String> given, String seconds, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        String timestamp = TestCase.text(webhook, "timestamp");
        if (!timestamp.isEmpty()) headers.put(timestamp, given.getOrDefault(lower(timestamp), seconds));
        String algorithm = or(TestCase.text(webhook, "algorithm"), "sha256").replace("-", "");
        byte[] code = hmac(
                "Hmac" + algorithm.toUpperCase(Locale.ROOT),
                secret,
                text(or(TestCase.text(webhook, "signed"), BODY), headers, given, body));
        String written = switch (TestCase.text(webhook, "encoding")) {
            case "base64" -> base64(code);
            case "base64url" -> Base64.getUrlEncoder().encodeToString(code);
            default -> hex(code);
        };
        headers.put(or(TestCase.text(webhook, "header"), "X-Signature"), TestCase.text(webhook, "prefix") + written);
        return headers;
    }

    private static byte[] text(String signed, Map<String, String> made, Map<String, String> given, byte[] body) {
        Map<String, String> fields = new HashMap<>(given);
        made.forEach((name, value) -> fields.put(lower(name), value));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Matcher place = PLACE.matcher(signed);
        int done = 0;
        while (place.find()) {
            text.writeBytes(utf8(signed.substring(done, place.start())));
            text.writeBytes(place.group().equals(BODY) ? body : utf8(fields.getOrDefault(lower(place.group(1)), "")));
            done = place.end();
        }
        text.writeBytes(utf8(signed.substring(done)));
        return text.toByteArray();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param pair seed and public key, as Standard Webhooks writes a private key */
    private static byte[] ed25519(byte[] pair, byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(pair, 32))));
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no private key", e);
        }
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(SECRET) ? secret.substring(SECRET.length()) : secret);
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

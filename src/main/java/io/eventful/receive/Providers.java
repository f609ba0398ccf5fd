package io.eventful.receive;

import io.eventful.event.UriOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The kinds of senders that are known, each by its own published documentation. */
final class Providers {

    private static final String SHA256 = "HmacSHA256";
    private static final String AUTHORIZATION = "Authorization";
    /** RFC 6750, section 3: a parameter has to follow. */
    private static final String BEARER = "Bearer realm=\"webhooks\"";

    private Providers() {}

    /** Fails with {@link IllegalArgumentException} when a secret is not of the provider's kind. */
    static void check(ReceiveOptions options) {
        of(options, 1);
    }

    /**
     * The provider that the options name.
     *
     * @param batch events of one CloudEvents batch
     */
    static Provider of(ReceiveOptions options, int batch) {
        String name = options.provider();
        Timestamps window = new Timestamps(options.tolerance());
        List<Secret> secrets = options.secrets();
        return switch (name) {
            case "github" ->
                plain(
                        name,
                        digest("X-Hub-Signature-256", HmacSignature.Encoding.HEX, "sha256=", secrets, window),
                        new HeaderReader(Bodies.JSON_OR_FORM, "X-GitHub-Event", "X-GitHub-Delivery"));
            case "gitlab" -> plain(name, gitlab(secrets, window), new GitLabReader());
            case "stripe" -> plain(name, new StripeSignature(secrets, window), new StripeReader());
            case "slack" -> plain(name, slack(secrets, window), new SlackReader());
            case "shopify" ->
                plain(
                        name,
                        digest("X-Shopify-Hmac-SHA256", HmacSignature.Encoding.BASE64, "", secrets, window),
                        new HeaderReader(Bodies.JSON, "X-Shopify-Topic", "X-Shopify-Webhook-Id"));
            case "standard-webhooks" -> plain(name, new StandardSignature(keys(secrets), window), new StandardReader());
            case "hmac" -> plain(name, hmac(options, window), generic(options));
            case "basic" ->
                new Provider(
                        name,
                        new SharedToken(AUTHORIZATION, "Basic", basic(secrets)),
                        generic(options),
                        Provider.OK,
                        "Basic realm=\"webhooks\"");
            case "bearer" ->
                new Provider(
                        name,
                        new SharedToken(AUTHORIZATION, "Bearer", SharedToken.showable(secrets)),
                        generic(options),
                        Provider.OK,
                        BEARER);
            case Provider.CLOUDEVENTS ->
                new Provider(
                        name,
                        secrets.isEmpty()
                                ? new Unverified()
                                : new SharedToken(AUTHORIZATION, "Bearer", SharedToken.showable(secrets)),
                        new CloudEventsReader(batch),
                        Provider.ACCEPTED,
                        BEARER);
            default -> throw new IllegalArgumentException("webhook-in: has no provider " + name);
        };
    }

    private static Provider plain(String name, Verifier verifier, Reader reader) {
        return new Provider(name, verifier, reader, Provider.OK, null);
    }

    private static Reader generic(ReceiveOptions options) {
        return new GenericReader(
                options.event(), options.delivery().isEmpty() ? "Idempotency-Key" : options.delivery());
    }

    private static Verifier digest(
            String header, HmacSignature.Encoding encoding, String prefix, List<Secret> secrets, Timestamps window) {
        return new HmacSignature(header, SHA256, encoding, prefix, SignedText.parse("{body}"), null, window, secrets);
    }

    private static Verifier slack(List<Secret> secrets, Timestamps window) {
        String timestamp = "X-Slack-Request-Timestamp";
        return new HmacSignature(
                "X-Slack-Signature",
                SHA256,
                HmacSignature.Encoding.HEX,
                "v0=",
                SignedText.parse("v0:{header:" + timestamp + "}:{body}"),
                timestamp,
                window,
                secrets);
    }

    private static Verifier hmac(ReceiveOptions options, Timestamps window) {
        ReceiveOptions.Signature signature = options.signature();
        return new HmacSignature(
                signature.header(),
                signature.algorithm(),
                signature.encoding(),
                signature.prefix(),
                signature.signed(),
                signature.timestamp().isEmpty() ? null : signature.timestamp(),
                window,
                options.secrets());
    }

    /** A signing token is known by its prefix; it never travels, so it is never taken as a token in a field. */
    private static Verifier gitlab(List<Secret> secrets, Timestamps window) {
        List<Secret> signing = new ArrayList<>();
        List<Secret> tokens = new ArrayList<>();
        for (Secret secret : secrets) (secret.text().startsWith(SigningKey.SYMMETRIC) ? signing : tokens).add(secret);
        List<Verifier> verifiers = new ArrayList<>();
        if (!signing.isEmpty()) verifiers.add(new StandardSignature(keys(signing), window));
        if (!tokens.isEmpty()) verifiers.add(new SharedToken("X-Gitlab-Token", "", SharedToken.showable(tokens)));
        return verifiers.size() == 1 ? verifiers.getFirst() : new AnyOf(verifiers);
    }

    private static List<SigningKey> keys(List<Secret> secrets) {
        try {
            return secrets.stream().map(SigningKey::of).toList();
        } catch (IllegalArgumentException e) {
            throw UriOptions.wrong(
                    OptionsReader.SCHEME,
                    "secret",
                    "***",
                    "whsec_ or whpk_ and a key in Base64 (never whsk_, which is the sender's own)");
        }
    }

    private static List<Secret> basic(List<Secret> secrets) {
        return SharedToken.showable(secrets).stream()
                .map(secret -> {
                    if (secret.text().indexOf(':') < 1)
                        throw UriOptions.wrong(
                                OptionsReader.SCHEME, "secret", "***", "user:password, as RFC 7617 writes it");
                    return new Secret(
                            Base64.getEncoder().encodeToString(secret.text().getBytes(StandardCharsets.UTF_8)));
                })
                .toList();
    }
}

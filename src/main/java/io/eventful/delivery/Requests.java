package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.HeaderRules;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the signed request of an attempt. What a subscriber adds never replaces what the gateway sets. */
final class Requests {

    private static final AsciiString ID = new AsciiString("webhook-id");
    private static final AsciiString TIMESTAMP = new AsciiString("webhook-timestamp");
    private static final AsciiString SIGNATURE = new AsciiString("webhook-signature");

    private final Field origin;
    private final Field agent;
    private final Signer signer = new Signer();

    Requests(String origin, String version) {
        this.origin = Field.of("WebHook-Request-Origin", origin);
        this.agent = Field.of("User-Agent", "eventful-gateway/" + version);
    }

    /**
     * The request of an attempt that begins now.
     *
     * @param token an access token that was asked for; null when the credential wants none
     * @throws SigningException when it cannot be signed
     * @throws CredentialException when the sink's credential cannot be used: nothing goes out without it
     */
    WebhookRequest of(Subscription subscription, EventForm form, Instant now, @Nullable String token) {
        SubscriptionRequest wish = subscription.request();
        EventForm.Content content = form.content(wish.config().contentMode());
        String id = form.webhookId();
        List<Field> headers =
                new ArrayList<>(content.headers().size() + wish.headers().size() + 6);
        headers.addAll(content.headers());
        wish.headers().forEach((name, value) -> {
            if (!ours(name, wish.sinkCredential())) headers.add(Field.of(name, value));
        });
        headers.add(agent);
        headers.add(origin);
        headers.add(new Field(ID, new AsciiString(id)));
        headers.add(new Field(TIMESTAMP, new AsciiString(Long.toString(now.getEpochSecond()))));
        String signature = signer.sign(id, now, content.body(), subscription.signing());
        headers.add(new Field(SIGNATURE, new AsciiString(signature)));
        authorization(wish.sinkCredential(), now, token)
                .ifPresent(value -> headers.add(Field.of("Authorization", value)));
        ClientIdentity identity = ClientIdentity.of(wish.sinkCredential());
        WebhookRequest request = new WebhookRequest("POST", wish.sink(), headers, content.body(), identity);
        if (identity != null && !request.secure()) throw new CredentialException("a client certificate requires TLS");
        return request;
    }

    /** Also what was stored under older rules. */
    private static boolean ours(String name, @Nullable JsonNode credential) {
        return HeaderRules.owned(name) || name.equalsIgnoreCase("authorization") && credential != null;
    }

    private static Optional<String> authorization(@Nullable JsonNode credential, Instant now, @Nullable String token) {
        if (credential == null) return Optional.empty();
        return switch (credential.path("credentialtype").asText()) {
            case "PLAIN" -> {
                String pair = text(credential, "identifier") + ":" + text(credential, "secret");
                yield Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
            case "ACCESSTOKEN" -> {
                if (expired(credential.path("accesstokenexpiresutc").asText(""), now))
                    throw new CredentialException("the access token has expired");
                yield Optional.of(scheme(credential) + " " + text(credential, "accesstoken"));
            }
            case "OAUTH2", "REFRESHTOKEN" -> {
                if (token == null) throw new CredentialException("there is no access token");
                yield Optional.of(scheme(credential) + " " + token);
            }
            // Shown in the TLS handshake.
            case "CERTIFICATE" -> Optional.empty();
            default -> throw new CredentialException("the credential type is not known");
        };
    }

    private static String scheme(JsonNode credential) {
        String scheme = credential.path("accesstokentype").asText("bearer");
        return scheme.equalsIgnoreCase("bearer") ? "Bearer" : scheme;
    }

    private static boolean expired(String time, Instant now) {
        if (time.isEmpty()) return false;
        try {
            return !OffsetDateTime.parse(time).toInstant().isAfter(now);
        } catch (DateTimeException malformed) {
            return true;
        }
    }

    private static String text(JsonNode credential, String name) {
        JsonNode value = credential.path(name);
        if (!value.isTextual()) throw new CredentialException("the credential is not complete");
        return value.textValue();
    }
}

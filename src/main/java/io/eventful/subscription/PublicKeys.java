package io.eventful.subscription;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The public keys of all subscriptions that are signed with Ed25519, as a JSON Web Key Set (RFC 7517, RFC 8037). */
public final class PublicKeys {

    /** Where they are found on the data port. */
    public static final String PATH = "/.eventful/jwks.json";

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final Clock clock;

    PublicKeys(Subscriptions subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /**
     * The key set; a replaced key is in it as long as it signs.
     *
     * @param subscription id of the one whose keys are wanted; null for all
     */
    public byte[] document(@Nullable String subscription) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.putArray("keys");
        if (subscription != null)
            Optional.of(subscription).flatMap(subscriptions::find).ifPresent(found -> add(found, set));
        else all(set);
        return set.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void all(ObjectNode set) {
        String after = "";
        List<Subscription> page;
        do {
            page = subscriptions.list(after, PAGE);
            page.forEach(found -> add(found, set));
            if (!page.isEmpty()) after = page.getLast().id();
        } while (page.size() == PAGE);
    }

    private void add(Subscription subscription, ObjectNode set) {
        subscription.signing().stream()
                .filter(secret -> secret.scheme() == SignatureScheme.V1A)
                .filter(secret -> secret.expires().isAfter(clock.instant()))
                .map(secret -> base64(SigningKeys.publicBytes(secret.text())))
                .forEach(x -> set.withArray("/keys")
                        .addObject()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("alg", "EdDSA")
                        .put("use", "sig")
                        .put("kid", thumbprint(x))
                        .put("x", x));
    }

    /** RFC 7638: it tells keys apart and nothing else. */
    private static String thumbprint(String x) {
        return base64(DigestUtils.sha256("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code sinkcredential}. Secrets are write-only: a replacement that leaves one out keeps the stored one, as long as
 * whoever it is sent to stays the same. Otherwise a stored secret could be read by giving it another receiver.
 */
final class CredentialReader {

    static final Names NAMES = Names.of(
            "credentialType",
            "identifier",
            "secret",
            "accessToken",
            "accessTokenExpiresUtc",
            "accessTokenType",
            "refreshToken",
            "refreshTokenEndpoint",
            "tokenUrl",
            "clientId",
            "clientSecret",
            "clientAuthentication",
            "scope",
            "audience",
            "certificate",
            "privateKey");

    private static final int MAX_SECRET = 32_768;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,63}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final Findings findings;
    private final SinkReader sinks;
    private final @Nullable JsonNode previous;
    private final Incomplete incomplete;

    /** Who is sent what a credential holds. */
    enum Receiver {
        SAME,
        /** Another one, or one that has had nothing yet. */
        OTHER
    }

    /** What is done with a credential that has no secret. */
    enum Incomplete {
        REFUSED,
        /** It is taken without, as long as nobody else's is meant; {@link Activation} keeps it from being used. */
        TAKEN
    }

    /**
     * @param sinks what a token endpoint may be
     * @param previous the stored credential; null for none
     */
    CredentialReader(Findings findings, SinkReader sinks, @Nullable JsonNode previous, Incomplete incomplete) {
        this.findings = findings;
        this.sinks = sinks;
        this.previous = previous;
        this.incomplete = incomplete;
    }

    /**
     * The credential by its lower-case names; null when it is reported as wrong.
     *
     * @param receiver whether what is sent to the sink goes where it went before
     */
    @Nullable
    JsonNode read(JsonNode json, String pointer, Receiver receiver) {
        Members members = Members.read(json, pointer, NAMES, findings);
        if (!json.isObject()) return null;
        if (members.get("credentialtype") == null) {
            findings.problem(
                    members.at("credentialtype"),
                    "is missing",
                    "Write \"ACCESSTOKEN\", \"REFRESHTOKEN\", \"PLAIN\", \"OAUTH2\" or \"CERTIFICATE\".");
            return null;
        }
        String type = members.word("credentialtype", "ACCESSTOKEN", "REFRESHTOKEN", "PLAIN", "OAUTH2", "CERTIFICATE")
                .orElse(null);
        if (type == null) return null;
        for (String name : NAMES.all())
            if (!name.equals("credentialtype") && !CredentialTypes.has(type, name) && members.get(name) != null)
                findings.problem(members.at(name), "is not a member of credential type " + type, "Remove it.");
        for (String name : NAMES.all())
            if (members.get(name) instanceof TextNode text
                    && SheetVariables.VARIABLE.matcher(text.textValue()).matches())
                findings.problem(
                        members.at(name),
                        "refers to an environment variable, which only the declared subscriptions may",
                        "Write the value itself, or declare the subscription in config/subscriptions.yaml.");
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("credentialtype", type);
        JsonNode kept =
                previous != null && type.equals(previous.path("credentialtype").textValue()) ? previous : null;
        JsonNode sent = receiver == Receiver.SAME ? kept : null;
        switch (type) {
            case "PLAIN" -> basic(members, result, sent);
            case "OAUTH2" -> oauth2(members, result, sent);
            case "REFRESHTOKEN" -> refreshed(members, result, kept, receiver);
            case "CERTIFICATE" -> certificate(members, result, kept);
            default -> bearer(members, result, sent);
        }
        return result;
    }

    private void basic(Members members, ObjectNode result, @Nullable JsonNode previous) {
        String identifier = required(members, "identifier", null).orElse(null);
        if (identifier == null) return;
        if (identifier.indexOf(':') >= 0)
            findings.problem(
                    members.at("identifier"),
                    "contains a colon, which RFC 7617, section 2, does not allow",
                    "Use a user name without a colon.");
        result.put("identifier", identifier);
        boolean same = previous != null
                && identifier.equals(previous.path("identifier").textValue());
        required(members, "secret", same ? previous : null).ifPresent(secret -> {
            if (secret.chars().anyMatch(Character::isISOControl)
                    || identifier.chars().anyMatch(Character::isISOControl))
                findings.problem(members.at("secret"), "or the identifier contains control characters", "Remove them.");
            result.put("secret", secret);
        });
    }

    private void bearer(Members members, ObjectNode result, @Nullable JsonNode previous) {
        required(members, "accesstoken", previous).ifPresent(token -> {
            if (!TOKEN.matcher(token).matches())
                findings.problem(
                        members.at("accesstoken"),
                        "contains spaces or characters that are not visible ASCII",
                        "Use only visible ASCII characters.");
            result.put("accesstoken", token);
        });
        members.text("accesstokentype", 64).ifPresent(scheme -> {
            if (!SCHEME.matcher(scheme).matches())
                findings.problem(members.at("accesstokentype"), "is not an authentication scheme", "Use \"bearer\".");
            result.put("accesstokentype", scheme);
        });
        members.text("accesstokenexpiresutc", 64).ifPresent(time -> {
            if (!timestamp(time))
                findings.problem(
                        members.at("accesstokenexpiresutc"),
                        "is not an RFC 3339 timestamp",
                        "Use a format such as 2026-12-31T23:59:59Z.");
            result.put("accesstokenexpiresutc", time);
        });
    }

    /** A bearer token, and what it is replaced by when it ends (RFC 6749, 6). */
    private void refreshed(Members members, ObjectNode result, @Nullable JsonNode previous, Receiver receiver) {
        endpoint(members, "refreshtokenendpoint", result);
        members.text("clientid", 1_000).ifPresent(id -> result.put("clientid", members.printable("clientid", id)));
        JsonNode family = RefreshTokens.sameFamily(result, previous) ? previous : null;
        if (members.get("clientsecret") != null || family != null && family.has("clientsecret"))
            required(members, "clientsecret", family)
                    .ifPresent(secret -> result.put("clientsecret", members.printable("clientsecret", secret)));
        if (result.has("clientsecret") && !result.has("clientid"))
            findings.problem(members.at("clientid"), "is missing", "A client secret is of a client: write its id.");
        members.word("clientauthentication", "basic", "post").ifPresent(how -> result.put("clientauthentication", how));
        members.text("scope", 1_000).ifPresent(scope -> result.put("scope", scope));
        JsonNode same = receiver == Receiver.SAME ? family : null;
        String given = members.text("refreshtoken", MAX_SECRET).orElse(null);
        boolean left = same != null && given == null && members.get("accesstoken") == null;
        // One that is sent again was renewed since, and is worth nothing any more: so a file that declares it.
        if (left || family != null && given != null && RefreshTokens.began(family, given)) {
            RefreshTokens.copy(Objects.requireNonNull(family), result);
            return;
        }
        bearer(members, result, null);
        required(members, "refreshtoken", same)
                .ifPresent(token -> RefreshTokens.begin(result, members.printable("refreshtoken", token)));
    }

    private void endpoint(Members members, String name, ObjectNode result) {
        required(members, name, null).ifPresent(text -> {
            URI url = sinks.read(text, members.at(name), findings);
            if (url != null) result.put(name, url.toString());
        });
    }

    /** Client credentials (RFC 6749, 4.4). The sink is sent the token that they bring, so it is a receiver of theirs. */
    private void oauth2(Members members, ObjectNode result, @Nullable JsonNode previous) {
        endpoint(members, "tokenurl", result);
        required(members, "clientid", null).ifPresent(id -> result.put("clientid", members.printable("clientid", id)));
        // A stored secret goes on to the endpoint it was given for, and to no other.
        boolean same = previous != null
                && result.path("tokenurl").equals(previous.path("tokenurl"))
                && result.path("clientid").equals(previous.path("clientid"));
        required(members, "clientsecret", same ? previous : null)
                .ifPresent(secret -> result.put("clientsecret", members.printable("clientsecret", secret)));
        members.word("clientauthentication", "basic", "post").ifPresent(how -> result.put("clientauthentication", how));
        members.text("scope", 1_000).ifPresent(scope -> result.put("scope", scope));
        members.text("audience", 1_000).ifPresent(audience -> result.put("audience", audience));
    }

    private void certificate(Members members, ObjectNode result, @Nullable JsonNode previous) {
        String certificate = required(members, "certificate", null).orElse(null);
        if (certificate == null) return;
        result.put("certificate", certificate);
        boolean same = previous != null
                && certificate.equals(previous.path("certificate").textValue());
        required(members, "privatekey", same ? previous : null).ifPresent(key -> {
            ClientCertificates.fault(certificate, key)
                    .ifPresent(fault -> findings.problem(
                            members.at(fault.member()),
                            fault.detail(),
                            "Use PEM; the key must be PKCS #8 and not encrypted."));
            result.put("privatekey", key);
        });
    }

    private Optional<String> required(Members members, String name, @Nullable JsonNode kept) {
        if (members.get(name) != null) return members.text(name, MAX_SECRET);
        if (kept != null && kept.path(name).isTextual())
            return Optional.of(kept.path(name).textValue());
        boolean secret = CredentialTypes.SECRETS.contains(name);
        if (secret && previous != null && previous.has(name))
            findings.problem(
                    members.at(name),
                    "is missing, and the stored one was given for another receiver",
                    "Send it again: the sink's scheme, host or port, the token endpoint, the user or client changed.");
        else if (!secret || incomplete == Incomplete.REFUSED)
            findings.problem(members.at(name), "is missing", "Add it; it is stored encrypted and never shown.");
        return Optional.empty();
    }

    private static boolean timestamp(String text) {
        try {
            return OffsetDateTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

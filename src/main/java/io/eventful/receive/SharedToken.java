package io.eventful.receive;

import io.eventful.edge.Fields;
import io.eventful.event.UriOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A secret that the sender shows in a field: GitLab's token, RFC 6750 bearer tokens, RFC 7617 user and password. It says
 * nothing of the body, so only the transport protects that.
 *
 * @param header the field
 * @param scheme authentication scheme before the secret, compared without case; empty for none
 * @param secrets the live ones, as they stand in the field
 */
record SharedToken(String header, String scheme, List<Secret> secrets) implements Verifier {

    /** Secrets that senders can show in a field: there is none for control characters, nor for spaces at its ends. */
    static List<Secret> showable(List<Secret> secrets) {
        for (Secret secret : secrets)
            if (!secret.text().equals(secret.text().strip())
                    || secret.text().chars().anyMatch(Character::isISOControl))
                throw UriOptions.wrong(
                        OptionsReader.SCHEME,
                        "secret",
                        "***",
                        "one line, without a line break or space at its end, as it stands in the header");
        return secrets;
    }

    @Override
    public Verdict screen(Fields fields, Instant now) {
        List<String> values = fields.all(header);
        if (values.isEmpty()) return Verdict.forged("token-missing");
        if (values.size() > 1) return Verdict.forged("token-repeated");
        Optional<String> shown = shown(values.getFirst());
        if (shown.isEmpty()) return Verdict.forged("scheme-wrong");
        byte[] octets = shown.get().getBytes(StandardCharsets.ISO_8859_1);
        boolean matches = false;
        for (Secret secret : secrets) matches |= Digests.same(secret.octets(), octets);
        return matches ? Verdict.GENUINE : Verdict.forged("token-wrong");
    }

    @Override
    public Verdict verify(Fields fields, byte[] body, Instant now) {
        return screen(fields, now);
    }

    private Optional<String> shown(String value) {
        if (scheme.isEmpty()) return Optional.of(value);
        int length = scheme.length();
        return value.length() > length && value.charAt(length) == ' ' && value.regionMatches(true, 0, scheme, 0, length)
                ? Optional.of(value.substring(length + 1).strip())
                : Optional.empty();
    }
}

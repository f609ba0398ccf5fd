package io.eventful.receive;

import io.eventful.edge.Fields;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A keyed digest (RFC 2104) of the body, or of a text around it, in one field: the scheme of GitHub, Shopify, Slack and
 * most senders that made up their own.
 *
 * @param header field with the signature
 * @param algorithm Java's name of the keyed digest
 * @param encoding of the digest in the field
 * @param prefix before the digest
 * @param signed what it is made over
 * @param timestamp field with the time of sending, part of the signed text; null when the sender has none
 * @param window for that time
 * @param secrets the live ones
 */
record HmacSignature(
        String header,
        String algorithm,
        Encoding encoding,
        String prefix,
        SignedText signed,
        @Nullable String timestamp,
        Timestamps window,
        List<Secret> secrets)
        implements Verifier {

    /** How octets are written in a field. */
    enum Encoding {
        HEX,
        BASE64,
        BASE64URL;

        Optional<byte[]> decode(String text) {
            try {
                return Optional.of(
                        switch (this) {
                            case HEX -> HexFormat.of().parseHex(text);
                            case BASE64 -> Base64.getDecoder().decode(text);
                            case BASE64URL -> Base64.getUrlDecoder().decode(text);
                        });
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public Verdict screen(Fields fields, Instant now) {
        Optional<String> signature = fields.first(header);
        if (signature.isEmpty()) return Verdict.forged("signature-missing");
        if (presented(signature.get()).isEmpty()) return Verdict.forged("signature-malformed");
        if (timestamp == null) return Verdict.GENUINE;
        Optional<String> time = fields.first(timestamp);
        if (time.isEmpty()) return Verdict.forged("timestamp-missing");
        return window.accept(time.get(), now) ? Verdict.GENUINE : Verdict.forged("timestamp-outside-tolerance");
    }

    @Override
    public Verdict verify(Fields fields, byte[] body, Instant now) {
        if (screen(fields, now) instanceof Verdict.Refused refused) return refused;
        Optional<byte[]> presented = fields.first(header).flatMap(this::presented);
        Optional<byte[][]> text = signed.of(fields, body);
        if (presented.isEmpty() || text.isEmpty()) return Verdict.forged("signed-field-missing");
        boolean matches = false;
        for (Secret secret : secrets)
            matches |= MessageDigest.isEqual(Digests.hmac(algorithm, secret.octets(), text.get()), presented.get());
        return matches ? Verdict.GENUINE : Verdict.forged("signature-wrong");
    }

    private Optional<byte[]> presented(String value) {
        return value.startsWith(prefix)
                ? encoding.decode(value.substring(prefix.length()).strip())
                : Optional.empty();
    }
}

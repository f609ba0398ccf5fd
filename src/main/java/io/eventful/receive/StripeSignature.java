package io.eventful.receive;

import io.eventful.edge.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stripe's {@code Stripe-Signature: t=…,v1=…}: SHA-256 keyed digests, in hexadecimal digits, of the time, a dot and the
 * body. There is one {@code v1} for each of the sender's live secrets; other versions are passed over, so that none can
 * be talked down to.
 */
record StripeSignature(List<Secret> secrets, Timestamps window) implements Verifier {

    private static final String HEADER = "Stripe-Signature";

    private record Parts(String time, List<byte[]> signatures) {}

    @Override
    public Verdict screen(Fields fields, Instant now) {
        Optional<String> header = fields.first(HEADER);
        if (header.isEmpty()) return Verdict.forged("signature-missing");
        Parts parts = parts(header.get());
        if (parts.signatures().isEmpty()) return Verdict.forged("signature-malformed");
        return window.accept(parts.time(), now) ? Verdict.GENUINE : Verdict.forged("timestamp-outside-tolerance");
    }

    @Override
    public Verdict verify(Fields fields, byte[] body, Instant now) {
        if (screen(fields, now) instanceof Verdict.Refused refused) return refused;
        Parts parts = parts(fields.first(HEADER).orElse(""));
        byte[] start = (parts.time() + '.').getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (Secret secret : secrets) {
            byte[] expected = Digests.hmac("HmacSHA256", secret.octets(), start, body);
            for (byte[] signature : parts.signatures()) matches |= MessageDigest.isEqual(expected, signature);
        }
        return matches ? Verdict.GENUINE : Verdict.forged("signature-wrong");
    }

    private static Parts parts(String header) {
        String time = "";
        List<byte[]> signatures = new ArrayList<>(2);
        for (String part : header.split(",", -1)) {
            String text = part.strip();
            if (text.startsWith("t=") && time.isEmpty()) time = text.substring(2);
            else if (text.startsWith("v1="))
                HmacSignature.Encoding.HEX.decode(text.substring(3)).ifPresent(signatures::add);
        }
        return new Parts(time, signatures);
    }
}

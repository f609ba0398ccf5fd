package io.eventful.receive;

import io.eventful.edge.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Standard Webhooks 1.0.0: signatures over {@code id.timestamp.body}, any number of them, each with its version. One that
 * a live key made is enough; versions that no key knows are passed over.
 */
record StandardSignature(List<SigningKey> keys, Timestamps window) implements Verifier {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final int MAX_PARTS = 20;

    private record Part(String version, byte[] signature) {}

    @Override
    public Verdict screen(Fields fields, Instant now) {
        if (fields.first(ID).orElse("").isEmpty()) return Verdict.forged("id-missing");
        Optional<String> signatures = fields.first(SIGNATURE);
        if (signatures.isEmpty()) return Verdict.forged("signature-missing");
        if (parts(signatures.get()).isEmpty()) return Verdict.forged("signature-malformed");
        Optional<String> time = fields.first(TIMESTAMP);
        if (time.isEmpty()) return Verdict.forged("timestamp-missing");
        return window.accept(time.get(), now) ? Verdict.GENUINE : Verdict.forged("timestamp-outside-tolerance");
    }

    @Override
    public Verdict verify(Fields fields, byte[] body, Instant now) {
        if (screen(fields, now) instanceof Verdict.Refused refused) return refused;
        byte[] start = (fields.first(ID).orElse("")
                        + '.'
                        + fields.first(TIMESTAMP).orElse("")
                        + '.')
                .getBytes(StandardCharsets.ISO_8859_1);
        boolean matches = false;
        for (Part part : parts(fields.first(SIGNATURE).orElse("")))
            for (SigningKey key : keys)
                if (key.version().equals(part.version())) matches |= key.matches(part.signature(), start, body);
        return matches ? Verdict.GENUINE : Verdict.forged("signature-wrong");
    }

    /** Those that a key of ours could have made: each costs a digest of the body, so there are not many. */
    private List<Part> parts(String signatures) {
        List<Part> parts = new ArrayList<>(2);
        for (String text : signatures.strip().split(" ", -1)) {
            int comma = text.indexOf(',');
            if (comma <= 0 || comma == text.length() - 1 || parts.size() == MAX_PARTS) continue;
            String version = text.substring(0, comma);
            if (keys.stream().noneMatch(key -> key.version().equals(version))) continue;
            try {
                parts.add(new Part(version, Base64.getDecoder().decode(text.substring(comma + 1))));
            } catch (IllegalArgumentException e) {
                // Not Base64: no key has made it.
                continue;
            }
        }
        return parts;
    }
}

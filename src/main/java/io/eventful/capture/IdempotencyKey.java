package io.eventful.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventful.edge.CallerCredential;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.KeyClaim;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An idempotency key as a caller gave it (draft-ietf-httpapi-idempotency-key-header-07 §2.1; the quotes of a structured
 * string are optional here). It is never kept: only hashes of it are, for which it is the salt.
 *
 * @param text without quotes
 */
record IdempotencyKey(String text) {

    static final String FIELD = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** True when a request has a key, well-formed or not. */
    static boolean isIn(Fields fields) {
        return fields.first(FIELD).isPresent();
    }

    /** The key; empty when there is not exactly one, or it is empty, too long or not of printable ASCII. */
    static Optional<IdempotencyKey> of(Fields fields) {
        List<String> values = fields.all(FIELD);
        if (values.size() != 1) return Optional.empty();
        String text = values.getFirst().strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\""))
            text = text.substring(1, text.length() - 1);
        boolean wellFormed = !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f && letter != '"');
        return wellFormed ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }

    /** The claim of a request on this key. */
    KeyClaim claim(RequestHead head, CapturePlan plan, Digest body, Instant expires) {
        String credential = CallerCredential.of(head.fields());
        String upstream = plan.options().upstream();
        String scope = plan.item("/", head).scope();
        String owner = hash("owner", text, upstream, scope, credential, head.method(), head.target());
        String type = head.fields().mediaType();
        String coding = head.fields().first("content-encoding").orElse("");
        return new KeyClaim(owner, hash("request", text, owner, type, coding, body.digest()), expires);
    }

    private static String hash(String... parts) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Never prints the key, which may be a secret of its caller. */
    @Override
    public String toString() {
        return "IdempotencyKey";
    }
}

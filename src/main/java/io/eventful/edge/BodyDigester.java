package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of a body, and computes its digest if required. */
final class BodyDigester {

    private final @Nullable MessageDigest hash;
    private long size;

    private BodyDigester(@Nullable MessageDigest hash) {
        this.hash = hash;
    }

    static BodyDigester size() {
        return new BodyDigester(null);
    }

    static BodyDigester sizeAndDigest() {
        return new BodyDigester(DigestUtils.getSha256Digest());
    }

    void add(Buffer data) {
        size += data.length();
        if (hash != null) hash.update(data.getByteBuf().nioBuffer());
    }

    long bytes() {
        return size;
    }

    /** The result; call once, at the end of the body. */
    Digest finish() {
        String text =
                size == 0 || hash == null ? "" : "sha-256:" + HexFormat.of().formatHex(hash.digest());
        return new Digest(size, text);
    }
}

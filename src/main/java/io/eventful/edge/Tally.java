package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts a body, and digests it when asked to. */
final class Tally {

    private final @Nullable MessageDigest hash;
    private long size;

    private Tally(@Nullable MessageDigest hash) {
        this.hash = hash;
    }

    static Tally size() {
        return new Tally(null);
    }

    static Tally sizeAndDigest() {
        try {
            return new Tally(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    void add(Buffer data) {
        size += data.length();
        if (hash != null) hash.update(data.getByteBuf().nioBuffer());
    }

    long bytes() {
        return size;
    }

    /** The result; asked for once, at the body's end. */
    Digest finish() {
        String text =
                size == 0 || hash == null ? "" : "sha-256:" + HexFormat.of().formatHex(hash.digest());
        return new Digest(size, text);
    }
}

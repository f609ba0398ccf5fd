package io.eventful.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/** Deterministic event ids, so that consumers can recognise a repeated event. */
public final class EventId {

    private static final String PREFIX = "evt_";

    private EventId() {}

    /**
     * The id of one event: {@code evt_} and 128 bits of a SHA-256 as hex, without a dot.
     *
     * @param position of the change in the ledger
     * @param channel channel on which it is published; empty if not known yet
     * @param rendering name of the pattern or variant
     * @param ordinal number among the events of the same rendering of the same change, from 0
     */
    public static String of(long position, String channel, String rendering, int ordinal) {
        return PREFIX + HexFormat.of().formatHex(hash(position, channel, rendering, ordinal), 0, 16);
    }

    /** The same bits as a UUID (RFC 9562, version 8), for formats that require one. */
    static UUID uuid(long position, String channel, String rendering, int ordinal) {
        ByteBuffer bits = ByteBuffer.wrap(hash(position, channel, rendering, ordinal));
        long high = bits.getLong() & ~0xF000L | 0x8000L;
        long low = bits.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low);
    }

    private static byte[] hash(long position, String channel, String rendering, int ordinal) {
        // No part can contain a line feed: names of channels and renderings are words.
        return DigestUtils.sha256(Json.utf8(position + "\n" + channel + '\n' + rendering + '\n' + ordinal));
    }
}

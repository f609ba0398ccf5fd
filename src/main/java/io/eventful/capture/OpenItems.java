package io.eventful.capture;

import io.eventful.event.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Items of which an earlier run left calls open, and how many. There may be hundreds of thousands, so only a number is
 * kept of each, made with a key that nobody knows: what two items have in common by chance ends with the recovery.
 */
final class OpenItems {

    private final byte[] key = new byte[16];
    private final ConcurrentHashMap<Long, Integer> calls = new ConcurrentHashMap<>();

    OpenItems() {
        new SecureRandom().nextBytes(key);
    }

    void add(Item item) {
        calls.merge(number(item), 1, Integer::sum);
    }

    boolean has(Item item) {
        return !calls.isEmpty() && calls.containsKey(number(item));
    }

    /** One call is settled; true when it was the item's last. */
    boolean settled(Item item) {
        return calls.computeIfPresent(number(item), (number, count) -> count == 1 ? null : count - 1) == null;
    }

    void clear() {
        calls.clear();
    }

    long number(Item item) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(key);
        for (String part : new String[] {item.source(), item.scope()}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return ByteBuffer.wrap(digest.digest(item.subject().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}

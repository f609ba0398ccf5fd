package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionConfig.Ordering;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * One event for one subscription.
 *
 * @param id made of the subscription and the event, so that a repeat by the broker is recognised
 * @param source of the event; empty for one that was logged without it, because it succeeded at once
 * @param line order is kept within (subscription, line); a delivery without order is a line of its own
 * @param place order within the line: lower ones go first
 * @param position of the change in the ledger; 0 when there is none
 * @param replay id of the replay that sends it again; null for a first delivery
 */
record Delivery(
        String id,
        String subscription,
        String channel,
        String source,
        String eventId,
        String eventType,
        @Nullable String subject,
        String line,
        long place,
        long position,
        @Nullable String replay,
        Instant created) {

    private static final int ID_BYTES = 16;

    static Delivery of(
            Subscription subscription,
            String channel,
            Event event,
            long place,
            @Nullable String replay,
            Instant created) {
        String id = id(subscription.id(), event, replay);
        boolean ordered = subscription.request().config().ordering() == Ordering.SUBJECT;
        return new Delivery(
                id,
                subscription.id(),
                channel,
                event.source(),
                event.id(),
                event.type(),
                event.subject(),
                ordered ? event.key() : id,
                place,
                event.position(),
                replay,
                created);
    }

    /** The same, behind everything that has a place now. */
    Delivery at(long place) {
        return new Delivery(
                id, subscription, channel, source, eventId, eventType, subject, line, place, position, replay, created);
    }

    /** Whether others of its line wait for it. */
    boolean isOrdered() {
        return !line.equals(id);
    }

    /** The position so that texts sort as numbers do: ids of new deliveries then lie side by side in the store's index. */
    static String order(long position) {
        String digits = Long.toString(position, Character.MAX_RADIX);
        return (char) ('a' + digits.length()) + digits;
    }

    /** The position that an id begins with; -1 when it is no id of a delivery. */
    static long position(String id) {
        int end = id.indexOf('-');
        if (end < 2) return -1;
        try {
            long position = Long.parseLong(id, 1, end, Character.MAX_RADIX);
            return id.startsWith(order(position) + "-") ? position : -1;
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    /** An event is named by source and id (CloudEvents 1.0, section 3.1.1); a replay's delivery is one of its own. */
    static String id(String subscription, Event event, @Nullable String replay) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : new String[] {subscription, event.source(), event.id(), replay == null ? "" : replay}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), ID_BYTES));
        return order(event.position()) + "-" + hash;
    }
}

package io.eventful.delivery;

import io.eventful.event.Event;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The {@code webhook-id} of an event: unique among all events, and the same for every attempt and subscriber (Standard
 * Webhooks 1.0.0).
 */
final class WebhookId {

    private static final int LONGEST = 256;

    private WebhookId() {}

    /**
     * The id of an event that the gateway has made. Of any other event, whose id is unique within its source only, and of an
     * id that holds a dot, which parts the signed text, or is no short plain text: {@code evt_} and a hash of source and id.
     */
    static String of(Event event) {
        if (isOwn(event) && isPlain(event.id())) return event.id();
        byte[] hash = DigestUtils.sha256(event.source() + '\0' + event.id());
        return "evt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    private static boolean isOwn(Event event) {
        return event.isOfLedger()
                || event.source().equals(Notices.SOURCE)
                || event.source().startsWith(TestSender.SOURCES);
    }

    private static boolean isPlain(String id) {
        return id.length() <= LONGEST && id.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '.');
    }
}

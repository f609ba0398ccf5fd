package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Image;
import io.eventful.ledger.IntentDraft;

/** About how many bytes of memory the document of an image holds. */
final class HeldBytes {

    /** Bytes of a member besides the text of its value. */
    private static final int MEMBER = 16;

    private HeldBytes() {}

    /** Of a call that is not in progress any more: what it was to change. */
    static long of(IntentDraft draft) {
        Image expected = draft.expected();
        return JournaledCall.OVERHEAD + of(draft.before()) + (expected == null ? 0 : of(expected));
    }

    static long of(Image image) {
        return image instanceof Image.Known known ? of(known.json()) : 0;
    }

    private static long of(JsonNode json) {
        if (json.isTextual()) return MEMBER + json.textValue().length();
        long all = MEMBER;
        for (JsonNode each : json) all += of(each);
        return all;
    }
}

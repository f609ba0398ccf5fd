package io.eventful.capture;

import io.eventful.edge.Fields;

/** What a GET for an image brought. */
sealed interface Look {

    /** The REST system told the item's state: there, or not there. */
    record Seen(Content content, Fields fields) implements Look {}

    /** The REST system answered, but not with the item. */
    record Refused(int status) implements Look {}

    /** The REST system could not be asked, or said that it cannot answer now. */
    record Unreachable(String reason) implements Look {}

    /** There is no credential to ask with. */
    record NotAsked() implements Look {}

    /** What was seen, or why nothing was. */
    default Content content() {
        return switch (this) {
            case Seen seen -> seen.content();
            case Refused refused -> Content.unknown("fetch-failed:" + refused.status());
            case Unreachable unreachable -> Content.unknown("fetch-failed:" + unreachable.reason());
            case NotAsked notAsked -> Content.unknown("no-credential");
        };
    }
}

package io.eventful.admin;

import io.eventful.event.Subjects;
import io.eventful.ledger.History;

/** Subjects as clients write them. */
final class SubjectText {

    private SubjectText() {}

    /**
     * The subject that the ledger has: as it is given, else in its canonical form. In a query, escapes have been decoded
     * once, so that {@code /customers/%C3%A4} comes as {@code /customers/ä} from who did not escape the percent signs.
     */
    static String known(String subject, History history) {
        return history.items(subject, 1).isEmpty() ? Subjects.normalise(subject) : subject;
    }
}

package io.eventful.admin;

import io.eventful.event.Subjects;
import io.eventful.ledger.History;

/** The parameter {@code subject}, of a query or a body. */
final class SubjectParameter {

    private SubjectParameter() {}

    /**
     * The subject as the ledger stores it: as given, or else in its canonical form. Query parameters are decoded once, so
     * {@code /customers/%C3%A4} arrives as {@code /customers/ä} unless the client escapes the percent signs.
     */
    static String known(String subject, History history) {
        return history.items(subject, 1).isEmpty() ? Subjects.normalise(subject) : subject;
    }

    /** The subject as events have it: as {@link #known}, but as given when the ledger has none: others choose freely. */
    static String ofEvents(String subject, History history) {
        String known = known(subject, history);
        return history.items(known, 1).isEmpty() ? subject : known;
    }
}

package io.eventful.view;

import java.util.Comparator;
import java.util.List;

/** Whether a caller may read an item. */
sealed interface Permission {

    /** The caller may read it. */
    record Granted() implements Permission {}

    /** To the caller, the item does not exist. */
    record Hidden() implements Permission {}

    /**
     * The caller may not read it now.
     *
     * @param answer why not
     */
    record Denied(Answers.Given answer) implements Permission {

        /** Statuses of answers, the one first that decides if there are several: first what the caller can change. */
        private static final List<Integer> STATUSES = List.of(503, 401, 403);

        private int rank() {
            return STATUSES.indexOf(answer.answer().status());
        }

        /** Whether it is not known what the caller may do. */
        boolean isUndecided() {
            return rank() == 0;
        }
    }

    /** What stands for several, of which none is granted. */
    static Permission ofAll(List<Permission> permissions) {
        return permissions.stream()
                .filter(Denied.class::isInstance)
                .map(Denied.class::cast)
                .min(Comparator.comparingInt(Denied::rank))
                .map(Permission.class::cast)
                .orElseGet(Hidden::new);
    }
}

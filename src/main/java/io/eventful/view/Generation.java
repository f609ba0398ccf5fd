package io.eventful.view;

import java.util.List;

/**
 * One physical copy of a view. During a rebuild there are two: the live one and the new one.
 *
 * @param id id in the store
 * @param members indexed members, in the order of their columns
 * @param watermark all changes of the view up to this position were projected when this was read
 */
record Generation(long id, List<String> members, long watermark) {
    Generation {
        members = List.copyOf(members);
    }
}

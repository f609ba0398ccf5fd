package io.eventful.view;

import java.util.List;

/**
 * One filling of a view. There are two while it is rebuilt.
 *
 * @param id in the store
 * @param members declared members, in the order of their columns
 * @param watermark every change up to it that belongs to the view was in it when this was read
 */
record Generation(long id, List<String> members, long watermark) {
    Generation {
        members = List.copyOf(members);
    }
}

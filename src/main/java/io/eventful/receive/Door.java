package io.eventful.receive;

import io.eventful.edge.RequestHead;
import io.eventful.event.Subjects;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path at which webhooks come in.
 *
 * @param path normalised
 * @param options of its routes, all the same
 * @param provider who knocks
 * @param rate how many are let in
 */
record Door(String path, ReceiveOptions options, Provider provider, Rate rate) {

    /** CloudEvents source of what comes in here. */
    String source() {
        return source(path);
    }

    static String source(String path) {
        return "/webhooks" + path;
    }

    /** The one at which a request knocks; null if there is none. */
    static <D> @Nullable D at(Map<String, D> doors, RequestHead head) {
        return doors.get(Subjects.normalise(head.path()));
    }
}

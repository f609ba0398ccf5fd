package io.eventful.view;

import io.eventful.edge.Queries;
import io.eventful.edge.RequestHead;
import java.util.Optional;

/** Begins each read of a view, at its own path and in place of the upstream alike. */
final class Opened {

    private final Access access;
    private final ViewSettings settings;

    Opened(Access access, ViewSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    /** How a read that may begin is answered. Blocks. */
    @FunctionalInterface
    interface Read {
        Answers.Given by(Reading reading) throws InterruptedException;
    }

    /** Reads, when the request says clearly what it wants and its caller may read the view at all. Blocks. */
    Answers.Given read(Views.Running one, RequestHead head, Read read) throws InterruptedException {
        Optional<Wanted> wanted = Wanted.of(head.fields(), settings);
        if (wanted.isEmpty())
            return Answers.bad("Eventful-Min-Position must be a position: the value of an Eventful-Position.");
        Optional<Answers.Given> denied = access.toView(one.view().options(), head);
        return denied.isPresent()
                ? denied.get()
                : read.by(new Reading(one, head, wanted.get(), Queries.parameters(head.query())));
    }
}

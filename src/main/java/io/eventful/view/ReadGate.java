package io.eventful.view;

import io.eventful.edge.Queries;
import io.eventful.edge.RequestHead;
import java.util.Optional;
import java.util.Set;

/** The common start of all reads of views: validates the request and checks the access to the view. */
final class ReadGate {

    private final Access access;
    private final ViewSettings settings;

    ReadGate(Access access, ViewSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    /** Answers a permitted read. Blocks. */
    @FunctionalInterface
    interface Read {
        Answers.Given by(Reading reading) throws InterruptedException;
    }

    /** Runs a read if the request is valid and its caller may read the view. Blocks. */
    Answers.Given read(Views.Running one, RequestHead head, Read read) throws InterruptedException {
        Optional<RequiredFreshness> wanted = RequiredFreshness.of(head.fields(), settings);
        if (wanted.isEmpty())
            return Answers.bad("Eventful-Min-Position must be a position, the value of an Eventful-Position header.");
        Optional<Answers.Given> denied = access.checkView(one.view().options(), head);
        return denied.isPresent()
                ? denied.get()
                : read.by(new Reading(one, head, wanted.get(), Queries.parameters(head.query())));
    }

    /**
     * The fields of a request that an upstream does not get when it answers in place of a view.
     *
     * @param options of the view; empty if it does not run
     */
    Set<String> ownFields(Optional<ViewOptions> options, RequestHead head) {
        return access.ownFields(options, head);
    }
}

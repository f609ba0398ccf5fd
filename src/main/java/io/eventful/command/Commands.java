package io.eventful.command;

import io.eventful.edge.Call;
import io.eventful.edge.Matcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commands, for the rest of the gateway. Reads may block on the store. */
public final class Commands {

    private final Submissions submissions;
    private final CommandEndpoint endpoint;
    private final Registry registry;
    private final Rows rows;

    Commands(Submissions submissions, CommandEndpoint endpoint, Registry registry, Rows rows) {
        this.submissions = submissions;
        this.endpoint = endpoint;
        this.registry = registry;
        this.rows = rows;
    }

    /** Serves a write that may be answered before it is done; does not block. */
    public void take(Call call, Submission write) {
        submissions.take(call, write);
    }

    /** The commands on the data port, each for who submitted it. */
    public Matcher endpoint() {
        return endpoint;
    }

    /** A command, whoever submitted it. */
    public Optional<Command> find(String id) {
        return rows.find(id).map(found -> registry.now(found.command()));
    }

    /**
     * Commands, newest first.
     *
     * @param status of them; null for any
     * @param before only those with a lower number
     */
    public List<Command> list(Command.@Nullable Status status, long before, int limit) {
        Command.Status stored = status == Command.Status.RUNNING ? Command.Status.PENDING : status;
        return rows.list(stored, before, limit).stream().map(registry::now).toList();
    }
}

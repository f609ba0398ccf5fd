package io.eventful.command;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.edge.Preferences;
import io.eventful.edge.Problems;
import io.eventful.edge.Upstreams;
import io.eventful.event.Json;
import io.eventful.ledger.KeptReply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** What callers are told of commands. */
final class CommandAnswers {

    /** Where commands are. */
    static final String PATH = OwnNames.PREFIX + "/commands/";

    /** The length is told anew, and what was read whole has no trailers. */
    private static final Set<String> OF_THE_MESSAGE = Set.of("content-length", "trailer");

    private final String retryAfter;

    CommandAnswers(Duration retryAfter) {
        this.retryAfter = Long.toString(Math.max(1, retryAfter.toSeconds()));
    }

    /** The write is a command now, or was one before. */
    Answer accepted(Command command, Repeat repeat) {
        Fields fields = fields(command)
                .and("Location", PATH + command.id())
                .and(Preferences.APPLIED, Preferences.RESPOND_ASYNC);
        if (command.status().isEnd()) fields = fields.and("Retry-After", "0");
        if (repeat == Repeat.YES) fields = fields.and(OwnNames.REPLAYED, "true");
        return new Answer(202, fields, Json.bytes(CommandJson.tree(command)));
    }

    /** Whether a request with the same {@code Idempotency-Key} came before. */
    enum Repeat {
        YES,
        NO
    }

    /** The command as it is. */
    Answer shown(Command command) {
        return new Answer(200, fields(command), Json.bytes(CommandJson.tree(command)));
    }

    private Fields fields(Command command) {
        Fields fields = Fields.NONE.and("Content-Type", "application/json").and("Cache-Control", "private, no-store");
        return command.status().isEnd() ? fields : fields.and("Retry-After", retryAfter);
    }

    /** The upstream's reply, as a call that waits for it gets it; empty when it was too large to be read whole. */
    static Optional<Answer> ordinary(Upstreams.Fetched reply) {
        if (!(reply.body() instanceof Body.Whole(byte[] body))) return Optional.empty();
        Fields kept = reply.fields().endToEnd().without(OF_THE_MESSAGE);
        return Optional.of(new Answer(reply.status(), kept, body));
    }

    /**
     * The reply that was stored of a command, as a repeat of its request gets it; empty when there was none, or it was not
     * stored whole.
     */
    static Optional<Answer> stored(Command command) {
        KeptReply reply = command.reply();
        if (reply == null) return Optional.empty();
        byte[] body = reply.body();
        if (body == null) return Optional.empty();
        Fields fields = Replies.fields(reply).and(OwnNames.REPLAYED, "true");
        boolean made = End.REPLY_LOST.equals(command.reason());
        return Optional.of(
                new Answer(reply.status(), made ? fields.and(OwnNames.RECONSTRUCTED, "true") : fields, body));
    }

    Answer full() {
        return retryLater("Too many commands are waiting. The request was not accepted; repeat it later.");
    }

    Answer noStore() {
        return retryLater("The command cannot be stored at the moment. The request was not accepted; repeat it later.");
    }

    /** Of a command that was accepted. */
    Answer notReadable() {
        return retryLater(
                "Commands cannot be read or cancelled at the moment; repeat this request later. The command itself"
                        + " is not affected.");
    }

    private Answer retryLater(String detail) {
        return Problems.retryLater(detail, retryAfter);
    }

    Answer keyRunning() {
        return Problems.keyRunning(retryAfter);
    }

    /** A mistake of ours. */
    static Answer failed() {
        return Problems.problem(
                500,
                "Internal Server Error",
                "The gateway failed to process the request. Read the command, or repeat the request with its"
                        + " Idempotency-Key if it has one.");
    }

    static Answer tooLarge(DataSize limit) {
        return Problems.problem(
                413,
                "Content Too Large",
                "The body of an asynchronous write may be at most " + limit.toKilobytes()
                        + " KB large (eventful.commands.body-limit). The request was not accepted; send it without"
                        + " Prefer: respond-async if the route allows it.");
    }

    static Answer notFound() {
        return Problems.problem(
                404, "Not Found", "The command does not exist, has expired, or was submitted with other credentials.");
    }

    static Answer tooLate() {
        return Problems.problem(
                409, "Conflict", "Only a pending command can be cancelled; this one is running or has ended.");
    }

    static Answer notAllowed(String methods) {
        return Problems.problem(405, "Method Not Allowed", "A command supports GET to read it and DELETE to cancel it.")
                .with("Allow", methods);
    }
}

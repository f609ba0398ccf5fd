package io.eventful.command;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Upstreams;
import io.eventful.event.Change;
import io.eventful.ledger.KeptReply;
import io.eventful.ledger.KeyClaim;
import io.eventful.ledger.KeyState;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a command one step on. What became of an attempt is never guessed: the command's claim, which the ledger keeps
 * with the intent and ends with the outcome, tells it, after a crash as well.
 */
final class Runner {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    /** How long after an attempt without a reply the ledger is asked again what became of it. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    /** How much longer than its row a claim lives at least: it must not be swept while the command needs it. */
    private static final Duration SPARE = Duration.ofHours(1);

    private final CommandStore store;
    private final Rows rows;
    private final Ledger ledger;
    private final Execution execution;
    private final Upstreams upstreams;
    private final Safe safe;
    private final Clock clock;
    private final CommandSettings settings;
    private final Replies replies;

    Runner(
            CommandStore store,
            Rows rows,
            Ledger ledger,
            Execution execution,
            Upstreams upstreams,
            Safe safe,
            Clock clock,
            CommandSettings settings) {
        this.store = store;
        this.rows = rows;
        this.ledger = ledger;
        this.execution = execution;
        this.upstreams = upstreams;
        this.safe = safe;
        this.clock = clock;
        this.settings = settings;
        this.replies = new Replies(execution);
    }

    /** What is next. */
    sealed interface Step {
        /** The command has ended; {@code live} is the reply as it came. */
        record Done(End end, Optional<Upstreams.Fetched> live) implements Step {}

        /** The gateway has refused it, and nothing was sent; {@code answer} is what its caller is told. */
        record Refused(End end, Upstreams.Fetched answer) implements Step {}

        /** It is to be looked at again; nobody may cancel it, as something may have been sent. */
        record Look(Duration delay) implements Step {}

        /** It is to be tried again: nothing of it is applied. */
        record Again(Duration delay) implements Step {}

        /** The same, and the upstream takes nothing now. */
        record Away(Duration delay) implements Step {}
    }

    /** True when a command of an earlier run may have been sent. */
    boolean isOpen(Pending command) {
        return ledger.keys().find(command.claim, clock.instant()).orElse(null) instanceof KeyState.Open;
    }

    /** One step, on a virtual thread. A failure of the store is thrown; then nothing has changed. */
    Step step(Pending command) {
        Optional<KeyState> state = ledger.keys().find(command.claim, clock.instant());
        return state.isEmpty() ? attempt(command) : known(command, state.get(), Optional.empty());
    }

    private Step known(Pending command, KeyState state, Optional<Upstreams.Fetched> live) {
        if (!state.fingerprint().equals(command.fingerprint)) return done(End.failed("key-of-another-request"));
        return switch (state) {
            case KeyState.Open open -> new Step.Look(SETTLING);
            case KeyState.Replied(String fingerprint, KeptReply reply, OptionalLong position) ->
                replied(command, reply, position, live);
            case KeyState.Settled(String fingerprint, OptionalLong position) -> settled(command, position);
        };
    }

    private Step replied(Pending command, KeptReply reply, OptionalLong position, Optional<Upstreams.Fetched> live) {
        Optional<StoredRequest> request = request(command);
        boolean success = request.map(kept -> execution.isSuccess(kept.head(), reply.status()))
                .orElse(reply.status() < 300);
        boolean again = (reply.status() == 502 || reply.status() == 504) && mayRepeat(command);
        if (!success && again) {
            command.sent++;
            ledger.keys().forget(command.claim).join();
            return new Step.Away(settings.retry().after(++command.failures));
        }
        Command.Status status = success ? Command.Status.SUCCEEDED : Command.Status.FAILED;
        return new Step.Done(new End(status, null, replies.told(reply, position, request)), live);
    }

    /** The reply was lost, and the ledger found out what became of the call. */
    private Step settled(Pending command, OptionalLong position) {
        if (position.isEmpty()) return done(new End(Command.Status.SUCCEEDED, End.REPLY_LOST, null));
        Change change = ledger.at(position.getAsLong()).orElse(null);
        if (change != null && change.outcome() == Change.Outcome.CONFIRMED)
            return done(new End(
                    Command.Status.SUCCEEDED,
                    End.REPLY_LOST,
                    replies.told(Replies.of(change), position, request(command))));
        if (mayRepeat(command)) {
            ledger.keys().forget(command.claim).join();
            return new Step.Again(settings.retry().after(++command.failures));
        }
        String reason = change == null || change.reason() == null ? "no-reply" : change.reason();
        return done(new End(Command.Status.UNKNOWN, reason, null));
    }

    private boolean mayRepeat(Pending command) {
        return command.repeatable && command.sent < settings.retry().attempts() && !isOverdue(command);
    }

    private boolean isOverdue(Pending command) {
        return !clock.instant().isBefore(command.created.plus(settings.giveUp()));
    }

    private Step attempt(Pending command) {
        // The ledger has found the attempt refuted; the next one might meet the first one still at work.
        if (command.doubtful && !command.repeatable) return done(End.failed("not-applied"));
        Optional<StoredRequest> request = request(command);
        if (isOverdue(command)) return done(End.failed(request.isEmpty() ? "request-unreadable" : "gave-up"));
        if (request.isEmpty()) return unreadable(command);
        StoredCall call = new StoredCall(
                request.get(), upstreams, (int) settings.replyLimit().toBytes(), () -> {
                    command.doubtful = true;
                    return store.doubt(command.number);
                });
        KeyClaim claim = new KeyClaim(
                command.claim,
                command.fingerprint,
                clock.instant().plus(settings.expiry()).plus(settings.giveUp()).plus(SPARE));
        if (!execution.run(call, claim)) return new Step.Again(settings.retry().after(++command.failures));
        return switch (call.attempt()) {
            case StoredCall.Attempt.NotSent unsent ->
                new Step.Away(settings.retry().after(++command.failures));
            case StoredCall.Attempt.Lost lost -> {
                command.sent++;
                yield new Step.Look(SETTLING);
            }
            case StoredCall.Attempt.Replied(Upstreams.Fetched reply) -> after(command, reply);
            case StoredCall.Attempt.Refused(Answer answer) ->
                new Step.Refused(
                        new End(Command.Status.FAILED, null, Replies.of(answer)),
                        new Upstreams.Fetched(answer.status(), answer.fields(), new Body.Whole(answer.body())));
        };
    }

    /** A start with another master key must not end what the right one can still run, so it waits for that. */
    private Step unreadable(Pending command) {
        log.warn(
                "command.request-unreadable id={} reason=\"it cannot be decrypted with this master key\""
                        + " remedy=\"restart with the master.key or EVENTFUL_MASTER_KEY that it was stored with\"",
                command.number);
        return new Step.Again(settings.retry().after(++command.failures));
    }

    private Step after(Pending command, Upstreams.Fetched reply) {
        Optional<KeyState> state = ledger.keys().find(command.claim, clock.instant());
        if (state.isPresent()) return known(command, state.get(), Optional.of(reply));
        // The upstream said: not done, come again.
        return new Step.Away(retryAfter(reply).orElseGet(() -> settings.retry().after(++command.failures)));
    }

    private Optional<Duration> retryAfter(Upstreams.Fetched reply) {
        return reply.fields()
                .first("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(delay -> delay.isPositive()
                        && delay.compareTo(settings.retry().max().multipliedBy(60)) <= 0);
    }

    private Optional<StoredRequest> request(Pending command) {
        return rows.request(command.number).flatMap(bytes -> opened(bytes, command));
    }

    private Optional<StoredRequest> opened(byte[] bytes, Pending command) {
        try {
            return Optional.of(StoredRequest.read(safe.open(bytes, place(command.id))));
        } catch (IllegalStateException otherKey) {
            return Optional.empty();
        }
    }

    /** What a sealed request belongs to. */
    static String place(String id) {
        return "command/" + id;
    }

    private static Step done(End end) {
        return new Step.Done(end, Optional.empty());
    }
}

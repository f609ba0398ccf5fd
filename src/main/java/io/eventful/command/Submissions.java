package io.eventful.command;

import io.eventful.command.CommandAnswers.Repeat;
import io.eventful.command.Pending.Interest;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.CallerCredential;
import io.eventful.edge.Digest;
import io.eventful.edge.Preferences;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.IdempotencyKeys;
import io.eventful.ledger.KeyClaim;
import io.eventful.ledger.KeyState;
import io.eventful.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes writes: makes a command of each that may be answered before it is done, durable before the answer. */
final class Submissions {

    private static final Logger log = LoggerFactory.getLogger(Submissions.class);

    private final Registry registry;
    private final Waits waits;
    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Executor threads;
    private final CommandSettings settings;
    private final CommandAnswers answers;

    Submissions(
            Registry registry,
            Waits waits,
            IdempotencyKeys keys,
            Clock clock,
            Executor threads,
            CommandSettings settings,
            CommandAnswers answers) {
        this.registry = registry;
        this.waits = waits;
        this.keys = keys;
        this.clock = clock;
        this.threads = threads;
        this.settings = settings;
        this.answers = answers;
    }

    /** Serves a write; does not block. */
    void take(Call call, Submission write) {
        Preferences preferences = Preferences.of(call.head().fields());
        if (write.mode() == Submission.Mode.ASYNC || preferences.respondAsync()) {
            threads.execute(() -> accept(call, write, preferences));
        } else if (write.key() == Submission.Key.GIVEN || registry.isWaitedFor(write)) {
            threads.execute(() -> sync(call, write));
        } else {
            write.now().accept(call);
        }
    }

    /**
     * Serves a write that is not deferred: refused when a command has its key, and only after the commands of its
     * item.
     */
    private void sync(Call call, Submission write) {
        Optional<KeyClaim> claim = write.claim().apply(new Digest(0, ""));
        if (claim.isPresent() && registry.isClaimed(claim.get().owner())) {
            call.answer(answers.keyRunning());
            return;
        }
        registry.last(write).ifPresent(command -> waits.untilDone(command, write.laneWait()));
        write.now().accept(call);
    }

    private void accept(Call call, Submission write, Preferences preferences) {
        Optional<Registry.Place> place = registry.reserve();
        if (place.isEmpty()) {
            call.answer(answers.full());
            return;
        }
        try (Registry.Place taken = place.get()) {
            submit(call, write, preferences, taken);
        } catch (CallAbortedException gone) {
            log.debug("command.client-gone path={}", call.head().path());
        } catch (CompletionException | StoreUnavailableException e) {
            if (e.getCause() instanceof CallAbortedException) return;
            log.warn("command.not-accepted reason=\"{}\"", String.valueOf(e.getCause()));
            call.answer(answers.noStore());
        } catch (RuntimeException e) {
            log.error(
                    "command.submission-failed path={} reason=\"{}\"",
                    call.head().path(),
                    e.toString(),
                    e);
            call.answer(CommandAnswers.failed());
        }
    }

    private void submit(Call call, Submission write, Preferences preferences, Registry.Place place) {
        RequestHead head = call.head();
        int limit = (int) settings.bodyLimit().toBytes();
        Body body = head.fields().contentLength() > limit
                ? new Body.Partial(new byte[0])
                : call.body(limit).toCompletableFuture().join();
        if (!(body instanceof Body.Whole(byte[] bytes))) {
            call.answer(CommandAnswers.tooLarge(settings.bodyLimit()));
            return;
        }
        Optional<KeyClaim> claim =
                write.claim().apply(call.requestDigest().toCompletableFuture().join());
        if (write.key() == Submission.Key.GIVEN && claim.isEmpty()) {
            call.answer(Problems.badKey());
            return;
        }
        if (claim.isPresent()) {
            Optional<Rows.Owned> known = registry.byClaim(claim.get().owner());
            Optional<KeyState> state = keys.find(claim.get().owner(), clock.instant());
            if (known.isPresent()
                    && state.filter(known.get().command()::isFollowedBy).isEmpty()) {
                call.answer(repeated(known.get(), claim.get(), preferences));
                return;
            }
            if (state.isPresent()) {
                // A call that was not deferred has the key: it is answered as a repeat of that.
                write.now().accept(new ReadCall(call, body));
                return;
            }
        }
        String credential = CallerCredential.of(head.fields());
        Duration wait = preferences.waiting().orElse(Duration.ZERO);
        Optional<Pending> kept = registry.keep(
                write,
                StoredRequest.of(head, bytes),
                credential,
                claim,
                wait.isPositive() ? Interest.REPLY : Interest.NONE);
        // The command itself counts from now on. The place is given back first, since the caller may wait for long.
        place.close();
        if (kept.isPresent()) answer(call, kept.get(), wait);
        else
            call.answer(claim.flatMap(
                            key -> registry.byClaim(key.owner()).map(known -> repeated(known, key, preferences)))
                    .orElseGet(answers::noStore));
    }

    /** A caller who would wait gets the reply of a command that has ended, as far as it is stored. */
    private Answer repeated(Rows.Owned known, KeyClaim claim, Preferences preferences) {
        if (!known.fingerprint().equals(claim.fingerprint())) return Problems.keyOfAnother();
        Optional<Answer> reply = preferences.waiting().flatMap(wait -> CommandAnswers.stored(known.command()));
        return reply.orElseGet(() -> answers.accepted(registry.now(known.command()), Repeat.YES));
    }

    private void answer(Call call, Pending command, Duration wait) {
        Optional<Answer> ordinary =
                wait.isPositive() ? waits.forReply(command, wait).flatMap(CommandAnswers::ordinary) : Optional.empty();
        call.answer(ordinary.orElseGet(() -> answers.accepted(registry.shown(command, call.head()), Repeat.NO)));
    }
}

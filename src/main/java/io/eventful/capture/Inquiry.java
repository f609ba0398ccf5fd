package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Unnamed;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a call of which no reply came, by looking at its item. The REST system may still be at work
 * on the call, so the old state counts only when it is seen twice, a settle delay apart.
 */
final class Inquiry {

    /** Reason of the change of a call that counted as not applied before it was seen that it is. */
    static final String LATE = "late";

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final ImageSource source;
    private final Pauses pauses;
    private final Duration settleDelay;
    private final Semaphore asking;

    /** @param concurrency how many items are asked for at a time, with the gateway's own credential */
    Inquiry(Ledger ledger, ImageSource source, Pauses pauses, Duration settleDelay, int concurrency) {
        this(ledger, source, pauses, settleDelay, new Semaphore(concurrency, true));
    }

    private Inquiry(Ledger ledger, ImageSource source, Pauses pauses, Duration settleDelay, Semaphore asking) {
        this.ledger = ledger;
        this.source = source;
        this.pauses = pauses;
        this.settleDelay = settleDelay;
        this.asking = asking;
    }

    /** The same with other pauses. Both share the bound on items that are asked for at a time. */
    Inquiry with(Pauses own) {
        return new Inquiry(ledger, source, own, settleDelay, asking);
    }

    /** Asks with the gateway's own credential until there is an answer, however long the REST system is away. */
    Settlement ask(Question question) throws InterruptedException {
        Optional<Settlement> pointless = pointless(question);
        if (pointless.isPresent()) return pointless.get();
        pauses.pause(settleDelay);
        Optional<Settlement> first = first(question);
        if (first.isPresent()) return first.get();
        pauses.pause(settleDelay);
        return again(question);
    }

    /**
     * Asks at once about a call that was sent at least a settle delay ago. Empty when the item is as it was before the
     * call: then {@link #again}, a settle delay later, gives the answer.
     */
    Optional<Settlement> first(Question question) throws InterruptedException {
        return Optional.of(again(question)).filter(found -> !(found instanceof Settlement.Refuted));
    }

    /** Asks about a call whose item was seen as it was before: when it still is, the call was not applied. */
    Settlement again(Question question) throws InterruptedException {
        Optional<Settlement> pointless = pointless(question);
        if (pointless.isPresent()) return pointless.get();
        Look look = oneOfFew(question);
        // Waiting for a system that is away is idle time, even while a single question takes long.
        if (look instanceof Look.Unreachable) look = pauses.idle(own -> back(question, own));
        return judge(question, look);
    }

    /** What is seen when the REST system is there again. */
    private Look back(Question question, Pauses own) throws InterruptedException {
        Duration pause = settleDelay;
        while (true) {
            own.pause(pause);
            Look look = oneOfFew(question);
            if (!(look instanceof Look.Unreachable)) return look;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
    }

    /** What is known without asking: there is nothing to ask for, or nothing to ask with. */
    private Optional<Settlement> pointless(Question question) {
        if (question.target().isEmpty()) return Optional.of(unknown(question, new Image.Unknown("no-reply"), "no-id"));
        if (!source.hasCredential(question.options().upstream()))
            return Optional.of(unknown(question, new Image.Unknown("no-credential"), "no-credential"));
        return Optional.empty();
    }

    /** Looks at the item within the bound on concurrent questions, which pauses do not count against. */
    private Look oneOfFew(Question question) throws InterruptedException {
        asking.acquire();
        try {
            return look(question, Fields.NONE);
        } finally {
            asking.release();
        }
    }

    /**
     * Asks with the credentials of a caller who is still waiting: at once, and once more after the settle delay. Empty
     * when that brought no answer.
     */
    Optional<Settlement> ask(Question question, Fields caller) throws InterruptedException {
        if (question.target().isEmpty()) return Optional.empty();
        Look look = look(question, caller);
        if (look instanceof Look.Seen
                && judge(question, look) instanceof Settlement.Applied applied
                && applied.outcome() == Change.Outcome.CONFIRMED) return Optional.of(applied);
        if (look instanceof Look.Refused) return Optional.empty();
        pauses.pause(settleDelay);
        Look second = look(question, caller);
        if (!(second instanceof Look.Seen)) return Optional.empty();
        Settlement settlement = judge(question, second);
        boolean twice = look instanceof Look.Seen && judge(question, look) instanceof Settlement.Refuted;
        return settlement instanceof Settlement.Refuted && !twice ? Optional.empty() : Optional.of(settlement);
    }

    private Look look(Question question, Fields caller) throws InterruptedException {
        return source.look(question.journal().draft().item(), question.target(), caller, question.options());
    }

    private Settlement judge(Question question, Look look) {
        Image now = look.content().image();
        if (!(look instanceof Look.Seen)) return unknown(question, now, "not-seen");
        // What lacks parts must not be told as the item by a change whose reason says something else.
        String note = look.content().note();
        Image shown = note.isEmpty() ? now : new Image.Unknown(note);
        IntentDraft draft = question.journal().draft();
        return switch (Verdict.of(draft, now)) {
            case CONFIRMED -> applied(question, look.content(), reason(question, look.content()));
            // The old state proves nothing when somebody else has written in between.
            case REFUTED ->
                overtaken(draft) ? unknown(question, shown, "overtaken") : new Settlement.Refuted("old-state-seen");
            case UNKNOWN -> unknown(question, shown, "not-conclusive");
        };
    }

    private Settlement.Applied applied(Question question, Content now, @Nullable String reason) {
        IntentDraft draft = question.journal().draft();
        Image before = begun(question);
        return new Settlement.Applied(
                Change.Outcome.CONFIRMED,
                draft.item(),
                action(draft, before),
                before,
                now.image(),
                order(draft),
                null,
                reason);
    }

    /** Why the change does not show the whole item, or cannot be taken back; null when it does and can. */
    private @Nullable String reason(Question question, Content now) {
        return Outcomes.reason(Content.of(begun(question)), now);
    }

    /**
     * The item before, which has parts redacted where the ledger says so; where it does not have the item, nobody knows.
     */
    private Image begun(Question question) {
        Image before = before(question.journal().draft());
        if (question.options().redact().isEmpty()) return before;
        boolean whole = ledger.latest(question.journal().draft().item())
                .filter(last -> !last.after().isRedacted())
                .isPresent();
        return whole ? before : before.redacted();
    }

    /**
     * Looks once, with the gateway's own credential, at the item of a call that counts as not applied. Empty when it is not
     * as the call was to make it, or cannot be seen.
     */
    Optional<Settlement.Applied> late(Question question) throws InterruptedException {
        Look look = oneOfFew(question);
        IntentDraft draft = question.journal().draft();
        if (!(look instanceof Look.Seen seen)
                || Verdict.of(draft, seen.content().image()) != Verdict.CONFIRMED) return Optional.empty();
        String reason = reason(question, seen.content());
        return Optional.of(applied(question, seen.content(), reason == null ? LATE : reason));
    }

    boolean overtaken(IntentDraft draft) {
        return since(draft).isPresent();
    }

    /** The last change of the item, when it was written since the call began. */
    private Optional<Change> since(IntentDraft draft) {
        return ledger.latest(draft.item())
                .filter(change -> change.time().isAfter(draft.time()))
                .filter(change -> !Unnamed.is(change));
    }

    /** Where the change of the call begins: where the one before it has led, also when that went ahead of it. */
    private Image before(IntentDraft draft) {
        return since(draft)
                .filter(change -> change.outcome() == Change.Outcome.CONFIRMED)
                .map(Change::after)
                .orElse(draft.before());
    }

    private Change.Order order(IntentDraft draft) {
        return overtaken(draft) ? Change.Order.OBSERVED : draft.order();
    }

    /** The settlement of a call that nobody can tell the outcome of. */
    private Settlement unknown(Question question, Image seen, String reason) {
        IntentDraft draft = question.journal().draft();
        Image before = before(draft);
        return new Settlement.Applied(
                Change.Outcome.UNKNOWN, draft.item(), action(draft, before), before, seen, order(draft), null, reason);
    }

    private static String action(IntentDraft draft, Image before) {
        boolean madeIt = before instanceof Image.Absent && draft.action().equals(EventType.UPDATED);
        return madeIt ? EventType.CREATED : draft.action();
    }
}

package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That an item is another one than the ledger has, because somebody wrote it behind the gateway. In the item's lane. */
final class Drift {

    private static final Logger log = LoggerFactory.getLogger(Drift.class);

    private final Tools tools;

    Drift(Tools tools) {
        this.tools = tools;
    }

    /** What a look at an item has shown. */
    sealed interface Found {

        /** Another item than the ledger has. */
        record Another() implements Found {}

        /**
         * No other one.
         *
         * @param seen the item; unknown where nobody can see it
         */
        record Same(Content seen) implements Found {}
    }

    /**
     * Looks at the item, and tells of a drift where the gateway's own credential shows one. Where nobody can see the
     * item, there is none.
     *
     * @param last change of the item in the ledger
     * @param target raw path at which the item is seen
     */
    Found look(Change last, String target, CaptureOptions options) throws InterruptedException, StoreFailedException {
        Content seen =
                tools.source().look(last.item(), target, Fields.NONE, options).content();
        if (!isAnother(last, seen)) return new Found.Same(seen);
        // Without a credential a refusal may speak of us, and what is shown may be what is shown to everybody.
        if (tools.source().hasCredential(options.upstream())) append(last, options, seen);
        else if (seen.image() instanceof Image.Absent) return new Found.Same(Content.unknown("no-credential"));
        return new Found.Another();
    }

    /** Whether what is seen of an item cannot be what the ledger has. */
    static boolean isAnother(Change last, Content seen) {
        // What was not told of an item may be all the difference; but not that it is gone.
        boolean whole = !Content.isPartial(last.reason());
        return switch (seen.image()) {
            case Image.Absent absent -> !(last.after() instanceof Image.Absent);
            case Image.Known known -> whole && !Verdict.same(last.after(), known);
            // It is none that the ledger could have.
            case Image.Digested digested -> whole && isKept(last.after());
            case Image.Unknown unknown -> whole && seen.isTooLarge() && isKept(last.after());
        };
    }

    private static boolean isKept(Image image) {
        return image instanceof Image.Known || image instanceof Image.Absent;
    }

    /** Looks at an item in the background, if the ledger has it, and ends the turn then. */
    void lookLater(Item item, String target, CaptureOptions options, Turn turn) {
        tools.settler().run(turn, () -> {
            Optional<Change> known = tools.ledger()
                    .latest(item)
                    .filter(last -> last.outcome() == Change.Outcome.CONFIRMED)
                    .filter(last -> last.after() instanceof Image.Known)
                    .filter(last -> !Unnamed.is(last));
            if (known.isEmpty()) return;
            try {
                Found unused = look(known.get(), target, options);
            } catch (StoreFailedException e) {
                log.warn("capture.drift-not-told subject={} reason=\"{}\"", item.subject(), Reasons.of(e));
            }
        });
    }

    /** Tells of what was seen, in a change of its own; empty when the item was written meanwhile, by who holds no lane. */
    Optional<Change> append(Change last, CaptureOptions options, Content seen)
            throws InterruptedException, StoreFailedException {
        IntentDraft draft = new IntentDraft(
                last.item(),
                last.resource(),
                EventType.DRIFTED,
                tools.clock().instant(),
                options.upstream(),
                last.after(),
                null,
                null,
                Change.Order.LANE,
                options.guarantee(),
                null,
                null);
        return tools.waiting()
                .store(tools.ledger()
                        .appendAfter(
                                last,
                                draft,
                                new Settlement.Applied(
                                        Change.Outcome.CONFIRMED,
                                        last.item(),
                                        EventType.DRIFTED,
                                        last.after(),
                                        seen.image(),
                                        Change.Order.LANE,
                                        null,
                                        reason(last, seen))));
    }

    static @Nullable String reason(Change last, Content seen) {
        return Outcomes.reason(Content.left(last), seen);
    }
}

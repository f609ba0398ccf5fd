package io.eventful.delivery;

import io.eventful.subscription.RequestProblem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends stored publications again, as jobs that survive a restart. No route runs again. Calls block on the store, and fail
 * with {@link io.eventful.store.StoreUnavailableException} when it is unavailable.
 */
public interface Replays {

    /**
     * Begins a replay; it is durable when this returns.
     *
     * @return empty when there is no such subscription
     * @throws io.eventful.subscription.InvalidSubscriptionException when the range or the rate cannot be, or the filters
     *     cannot be read
     */
    Optional<Replay> create(String subscription, ReplayWish wish);

    /** Everything for which {@link #create} would refuse a wish, of whatever subscription. */
    List<RequestProblem> problems(ReplayWish wish);

    Optional<Replay> find(String id);

    /**
     * Replays, the newest first.
     *
     * @param subscription of one subscription; null for all
     * @param state in one state; null for all
     * @param after those after this one; null from the newest
     */
    List<Replay> list(@Nullable String subscription, Replay.@Nullable State state, @Nullable String after, int limit);

    /**
     * Ends a replay. What it has recorded already is delivered, at most a window of it ({@code replay-window}).
     *
     * @return as it is then, also when it had ended before; empty when there is no such replay
     */
    Optional<Replay> cancel(String id);
}

package io.eventful.cli;

import io.eventful.capture.CapturedRequest;
import io.eventful.capture.Miss;
import io.eventful.edge.Dispatch;
import io.eventful.edge.RequestHead;
import io.eventful.routes.RouteHop;
import io.eventful.routes.RouteSurvey;
import io.eventful.subscription.Prospect;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a request.
 *
 * @param server who serves it
 * @param served more about it, such as the name of the view; empty for nothing
 * @param way where it is sent; null if it is sent nowhere
 * @param captured how it is captured; null if it is not
 * @param routes that receive it, or the change
 * @param events types of the event that it may lead to, the likeliest first; {@code *} in one stands for what only the
 *     request or reply tells
 * @param reason why it leads to no event; empty if it may lead to one
 * @param misses why the routes of each template do not capture it, the nearest first
 * @param hops the steps that send the event on
 * @param recipients declared subscriptions
 * @param notes what else is to be known
 */
record Explanation(
        RequestHead head,
        Server server,
        String served,
        Dispatch.@Nullable Way way,
        @Nullable CapturedRequest captured,
        List<RouteSurvey.Origin> routes,
        List<String> events,
        String reason,
        List<Miss> misses,
        List<RouteHop> hops,
        List<Recipient> recipients,
        List<String> notes) {

    /** Who serves a request. */
    enum Server {
        GATEWAY,
        WEBHOOK_IN,
        REST,
        CAPTURE,
        VIEW,
        UPSTREAM
    }

    /**
     * A declared subscription.
     *
     * @param place file and line
     * @param sink scheme, host and port of it
     * @param wishes about each event that is delivered to the subscriptions of some channel
     */
    record Recipient(String name, String place, String sink, List<Wish> wishes) {

        /** Whether it gets an event. */
        Prospect prospect() {
            if (wishes.stream().allMatch(wish -> wish.prospect() == Prospect.NO)) return Prospect.NO;
            // Which of the types it will be may be open, so each of them must be wanted.
            boolean sure = wishes.stream()
                    .collect(Collectors.groupingBy(wish -> List.of(wish.channel(), wish.rendering())))
                    .values()
                    .stream()
                    .anyMatch(alike -> alike.stream()
                            .allMatch(wish -> wish.prospect() == Prospect.YES
                                    && wish.conditions().isEmpty()));
            return sure ? Prospect.YES : Prospect.OPEN;
        }
    }

    /**
     * Whether a subscription gets an event.
     *
     * @param conditions on which it depends whether the event is delivered at all; empty if it always is
     * @param rendering name of the pattern or variant; empty if it is not known
     * @param reason which members of the subscription decide; empty if it gets it
     */
    record Wish(
            String channel, List<String> conditions, String type, String rendering, Prospect prospect, String reason) {}
}

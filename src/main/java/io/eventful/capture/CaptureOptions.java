package io.eventful.capture;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of one {@code capture:} route, checked.
 *
 * @param upstream name of the upstream whose items these are
 * @param addressing who says so
 * @param queryUpstream name of the upstream that reads of these items go to; empty: where the edge sends them
 * @param resource noun for event types; empty: the last literal segment of the template
 * @param id JSON pointer of a created item's id in the reply, used when there is no {@code Location}
 * @param items JSON pointer to the array of items in the reply to a write of several; null when there are none
 * @param itemStatus JSON pointer to the status of an element of that array; empty when elements have none
 * @param collection template of the collection that these items are of; empty when it is the route's own
 * @param actions last path segments of POSTs that act on the item before them
 * @param success statuses that count as done
 * @param before where the item before the call comes from
 * @param after where the item after the call comes from
 * @param guarantee what is durable when
 * @param order whether a write waits for its item's lane
 * @param laneWait how long at most; then it goes ahead and its change says so
 * @param commands whether writes may be answered before they are done
 * @param queries who answers reads
 * @param scope what in a request belongs to the item's identity
 * @param bodyLimit bytes of a body that are kept; a larger one is passed through and digested
 * @param redact JSON pointers to what never reaches the ledger
 * @param position whether replies tell the change's position
 * @param ifMatch whether writes to an item must say which state of it they are for
 */
public record CaptureOptions(
        String upstream,
        Addressing addressing,
        String queryUpstream,
        String resource,
        String id,
        @Nullable String items,
        String itemStatus,
        String collection,
        Set<String> actions,
        StatusRanges success,
        Before before,
        After after,
        Change.Guarantee guarantee,
        Change.Order order,
        Duration laneWait,
        Commands commands,
        String queries,
        ScopeName scope,
        int bodyLimit,
        List<String> redact,
        Position position,
        IfMatch ifMatch) {

    /** Who says which upstream a call goes to. */
    public enum Addressing {
        /** The route's option. */
        OPTION,
        /** {@code eventful.edge.routes}, as of calls that nobody captures. */
        EDGE
    }

    /** Where the item before a call comes from. */
    public enum Before {
        LEDGER,
        FETCH,
        NONE
    }

    /** Where the item after a call comes from. */
    public enum After {
        AUTO,
        RESPONSE,
        FETCH,
        REQUEST
    }

    /** Whether writes may be answered before they are done. */
    public enum Commands {
        SYNC,
        PREFER,
        ASYNC
    }

    /** Whether writes to an item must carry {@code If-Match} (else 428). */
    public enum IfMatch {
        OPTIONAL,
        REQUIRED
    }

    /** Whether {@code Eventful-Position} is added to replies. */
    public enum Position {
        HIDDEN,
        EXPOSED
    }

    public CaptureOptions {
        actions = Set.copyOf(actions);
        redact = List.copyOf(redact);
    }

    /** The same for the items of one upstream. */
    CaptureOptions at(String name) {
        return with(name, Addressing.OPTION, resource, items, itemStatus, redact);
    }

    /** The same for items that another route captures at their own path: what it says of them holds here, too. */
    CaptureOptions of(CaptureOptions items) {
        Set<String> all = new LinkedHashSet<>(items.redact);
        all.addAll(redact);
        String noun = resource.isEmpty() ? items.resource : resource;
        return with(upstream, addressing, noun, this.items, itemStatus, List.copyOf(all));
    }

    /** The same where more must not be kept. */
    CaptureOptions redacting(Collection<String> pointers) {
        Set<String> all = new LinkedHashSet<>(redact);
        all.addAll(pointers);
        return with(upstream, addressing, resource, items, itemStatus, List.copyOf(all));
    }

    /** The same for a reply that has its items at a pointer, and their statuses at another one in each. */
    CaptureOptions splitting(String array, String status) {
        return with(upstream, addressing, resource, array, status, redact);
    }

    private CaptureOptions with(
            String upstream,
            Addressing addressing,
            String resource,
            @Nullable String items,
            String itemStatus,
            List<String> redact) {
        return new CaptureOptions(
                upstream,
                addressing,
                queryUpstream,
                resource,
                id,
                items,
                itemStatus,
                collection,
                actions,
                success,
                before,
                after,
                guarantee,
                order,
                laneWait,
                commands,
                queries,
                scope,
                bodyLimit,
                redact,
                position,
                ifMatch);
    }

    /**
     * Reads the options of a route. Fails with {@link IllegalArgumentException}, whose message names the option, the
     * value and what is allowed.
     */
    public static CaptureOptions parse(Map<String, String> values) {
        return new OptionsReader(values).read();
    }
}

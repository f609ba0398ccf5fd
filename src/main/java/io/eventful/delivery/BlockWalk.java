package io.eventful.delivery;

import io.eventful.delivery.DeliveredBlocks.Block;
import io.eventful.delivery.DeliveredBlocks.Place;
import io.eventful.delivery.DeliveredRows.Delivered;
import io.eventful.delivery.Deliveries.Search;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the deliveries in blocks that a search wants, newest first; reads one block at a time. */
final class BlockWalk {

    private final Connection connection;
    private final Search wanted;
    private final long most;
    private Place place;
    private List<Delivered> entries = List.of();
    private int left;
    private long looked;
    private boolean over;

    BlockWalk(Connection connection, Search wanted, Cursor from) throws SQLException {
        this(connection, wanted, from, Long.MAX_VALUE);
    }

    /** @param most deliveries to look at before it is {@link #tired} */
    BlockWalk(Connection connection, Search wanted, Cursor from, long most) throws SQLException {
        this.connection = connection;
        this.wanted = wanted;
        this.most = most;
        this.place = from.block();
        this.over = wanted.state() != null && wanted.state() != DeliveryRecord.State.DELIVERED;
        if (from.entries() > 0 && !over) {
            // The block at the place itself is not done; it may be forgotten since.
            open(new Place(from.block().behind(), from.block().ordinal() + 1));
            if (place.equals(from.block())) left = Math.min(left, from.entries());
        }
    }

    private void open(Place before) throws SQLException {
        Block next = DeliveredBlocks.before(connection, before, wanted).orElse(null);
        over = next == null;
        if (next == null) return;
        place = next.place();
        entries = next.entries();
        left = entries.size();
    }

    /** Goes on until the next delivery that is wanted, and stays there. Returns whether there is one, before it is tired. */
    boolean there() throws SQLException {
        while (!over) {
            while (left > 0) {
                if (wants(entries.get(left - 1))) return true;
                if (tired()) return false;
                left--;
                looked++;
            }
            open(place);
        }
        return false;
    }

    /** Takes the delivery that {@link #there} has come to. */
    Delivered take() {
        looked++;
        return entries.get(--left);
    }

    private boolean wants(Delivered one) {
        Delivery delivery = one.delivery();
        return matches(wanted.subscription(), delivery.subscription())
                && matches(wanted.event(), delivery.eventId())
                && (wanted.position() == null || wanted.position() == delivery.position());
    }

    private static boolean matches(@Nullable String wish, String value) {
        return wish == null || wish.equals(value);
    }

    /** The row that the delivery it has come to stands behind. */
    long behind() {
        return place.behind();
    }

    /** Where a page that ends here goes on. */
    Cursor cursor() {
        return Cursor.inBlock(place, left);
    }

    /** Whether it has stopped before the end, because it has looked at enough. */
    boolean tired() {
        return !over && looked >= most;
    }
}

package io.eventful.delivery;

import io.eventful.delivery.DeliveredBlocks.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of deliveries begins, newest first.
 *
 * @param row ordinal that rows are below
 * @param block place that whole blocks are before
 * @param entries how many deliveries of the block at that place are left, the oldest ones; 0 when it is done
 */
record Cursor(long row, Place block, int entries) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18})-(\\d{1,9}))?");

    /** The newest of all. */
    private static final Cursor START = new Cursor(Long.MAX_VALUE, new Place(Long.MAX_VALUE, 0), 0);

    /** @throws IllegalArgumentException when the text is not one of this list */
    static Cursor of(@Nullable String text) {
        if (text == null) return START;
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("\"after\" is not a cursor of this list");
        long row = Long.parseLong(parts.group(1));
        if (parts.group(2) == null) return belowRow(row);
        return inBlock(new Place(row, Long.parseLong(parts.group(2))), Integer.parseInt(parts.group(3)));
    }

    static Cursor belowRow(long row) {
        return new Cursor(row, new Place(row, 0), 0);
    }

    static Cursor inBlock(Place place, int entries) {
        return new Cursor(place.behind() + 1, place, entries);
    }

    /** As {@link #of} reads it. */
    String text() {
        return block.ordinal() == 0 ? Long.toString(row) : block.behind() + "-" + block.ordinal() + "-" + entries;
    }
}

package io.eventful.ledger;

import io.eventful.event.Item;
import org.jspecify.annotations.Nullable;

/**
 * How the item of a delete was made again, or may have been, as another one.
 *
 * @param position of the change that took the delete back; retention may have removed it
 * @param item that it has made; null while nobody knows it
 */
public record MadeAgain(long position, @Nullable Item item) {}

package io.eventful.event;

/**
 * Where an event came from. It is no part of the event and never leaves the process; the event's final id is made of
 * it when the channel is known.
 *
 * @param position of the change in the ledger
 * @param rendering name of the pattern or variant
 * @param ordinal number among the events of the same rendering of the same change, from 0
 */
public record Rendered(long position, String rendering, int ordinal) {}

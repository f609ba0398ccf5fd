package io.eventful.capture;

/**
 * An item that a create has made.
 *
 * @param item where it is
 * @param sent the call, as the plan that has the item would have captured it: with its resource, scope and redactions
 */
record Located(NewItem item, Sent sent) {}

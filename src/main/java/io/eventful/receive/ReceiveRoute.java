package io.eventful.receive;

import io.eventful.ledger.Feed;

/**
 * A running route that begins with {@code webhook-in:}.
 *
 * @param id of the route
 * @param path normalised
 * @param options checked
 * @param receiver what the route does with a receipt
 */
record ReceiveRoute(String id, String path, ReceiveOptions options, Feed.Receiver receiver) {}

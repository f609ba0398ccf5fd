package io.eventful.event;

import java.time.Instant;

/**
 * An event as it was published on a channel, stored for replays, retries and subscriptions with an earlier start.
 *
 * @param sequence sequence number over all channels, from 1
 * @param channel channel on which it was published
 * @param event the published event
 * @param time when it was stored
 */
public record Publication(long sequence, String channel, Event event, Instant time) {}

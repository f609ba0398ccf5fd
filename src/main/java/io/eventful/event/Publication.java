package io.eventful.event;

import java.time.Instant;

/**
 * An event as it was sent to a channel, kept for replays, retries and late subscribers.
 *
 * @param sequence order of publication over all channels, from 1
 * @param channel where it was published
 * @param event what was published
 * @param time when it was stored
 */
public record Publication(long sequence, String channel, Event event, Instant time) {}

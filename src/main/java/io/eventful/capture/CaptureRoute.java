package io.eventful.capture;

import io.eventful.event.PathTemplate;

/**
 * A running route that begins with {@code capture:}.
 *
 * @param id of the route
 * @param template of the items whose changes it receives
 * @param options checked
 * @param receiver what the route does with a change
 */
record CaptureRoute(String id, PathTemplate template, CaptureOptions options, Receiver receiver) {}

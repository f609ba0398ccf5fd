package io.eventful.routes;

/**
 * The base of the links in events: as configured, never taken from a request.
 *
 * @param value absolute URL without a path, such as {@code https://api.example.org}
 */
record PublicUrl(String value) {}

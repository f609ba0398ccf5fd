package io.eventful.routes;

/** The base of the links in events: as configured, never taken from a request. */
@FunctionalInterface
interface PublicUrl {

    /** Absolute URL without a path, such as {@code https://api.example.org}; asked for each event. */
    String value();
}

package io.eventful.routes;

/** The base URL of the links in events; configured, never taken from a request. */
@FunctionalInterface
interface PublicUrl {

    /** Absolute URL, such as {@code https://api.example.org}; read for each event. */
    String value();
}

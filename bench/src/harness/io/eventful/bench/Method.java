package io.eventful.bench;

/** The two calls that are measured: read the item, create one. */
enum Method {
    GET,
    POST
}

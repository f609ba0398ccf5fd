package io.eventful.edge;

/**
 * A reply of the gateway itself.
 *
 * @param status HTTP status code
 * @param fields header fields; Content-Length is added
 * @param body bytes; empty for none
 */
public record Answer(int status, Fields fields, byte[] body) {}

package io.eventful.edge;

/**
 * A response of the gateway itself.
 *
 * @param status HTTP status code
 * @param fields header fields; Content-Length is added
 * @param body bytes; empty for none
 */
public record Answer(int status, Fields fields, byte[] body) {

    /** The same with one more field. */
    public Answer with(String name, String value) {
        return new Answer(status, fields.and(name, value), body);
    }
}

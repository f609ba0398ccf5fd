package io.eventful.subscription;

/**
 * One thing wrong with a request.
 *
 * @param pointer JSON pointer (RFC 6901) of the member; empty for the document
 * @param detail what is wrong; never holds a secret
 * @param remedy what to write instead
 */
public record RequestProblem(String pointer, String detail, String remedy) {}

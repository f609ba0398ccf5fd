package io.eventful.capture;

/**
 * A call of which no reply came, and how to ask what became of it.
 *
 * @param journal what the ledger holds of it
 * @param target raw path of the item; empty when the call was to create one, of which nobody knows the path
 * @param options of the route that captured it
 */
record Question(Journal journal, String target, CaptureOptions options) {}

package io.eventful.ledger;

/**
 * A durable intent: the call may go out.
 *
 * @param id number of the intent, unique for ever
 * @param draft what was written
 */
public record Intent(long id, IntentDraft draft) {}

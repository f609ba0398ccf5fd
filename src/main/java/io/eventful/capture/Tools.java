package io.eventful.capture;

import io.eventful.ledger.Ledger;
import java.time.Clock;

/**
 * What all captured calls share.
 *
 * @param ledger where intents and changes go
 * @param lanes one write at a time for each item
 * @param endings one end at a time, for each item, in the order in which its writes were answered
 * @param memory what the calls' bodies may hold together
 * @param documents reads bodies
 * @param source asks the REST system for items
 * @param befores finds items before calls
 * @param outcomes finds what calls have changed
 * @param afterwards finds the same when the callers have their replies
 * @param inquiry finds out what became of calls without a reply
 * @param settler ends in the background what calls leave open
 * @param idempotency the callers' keys
 * @param undertakings counts what is under way
 * @param waiting for the ledger
 * @param table what is captured now
 * @param clock for the times of intents
 */
record Tools(
        Ledger ledger,
        Lanes lanes,
        Lanes endings,
        MemoryBudget memory,
        Documents documents,
        ImageSource source,
        BeforeImages befores,
        Outcomes outcomes,
        Outcomes afterwards,
        Inquiry inquiry,
        Settler settler,
        Idempotency idempotency,
        Undertakings undertakings,
        Waiting waiting,
        CurrentTable table,
        Clock clock) {}

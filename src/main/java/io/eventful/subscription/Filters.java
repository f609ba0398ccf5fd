package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;

/** Filters of the CloudEvents Subscriptions API by themselves, for whoever chooses events without being a subscription. */
public final class Filters {

    private Filters() {}

    /**
     * Reads a list of filters, all of which must be true.
     *
     * @param pointer where the list stands, for what is wrong with it
     * @throws InvalidSubscriptionException with the place of everything that is wrong
     */
    public static Filter parse(JsonNode filters, String pointer) {
        Findings findings = new Findings();
        Condition condition = new FilterReader(findings).read(filters, pointer);
        findings.raise();
        return new CompiledFilter(condition);
    }
}

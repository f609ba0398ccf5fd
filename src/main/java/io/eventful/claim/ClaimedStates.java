package io.eventful.claim;

import io.eventful.edge.Matcher;

/**
 * What the gateway answers to claim checks.
 *
 * @param endpoint to be installed among the gateway's own resources
 */
public record ClaimedStates(Matcher endpoint) {}

package io.eventful.ledger;

import java.util.List;

/**
 * What looking at a ledger has found.
 *
 * @param changes that were looked at
 * @param found number of problems
 * @param problems the first of them, in words
 */
public record LedgerReport(long changes, long found, List<String> problems) {}

package io.eventful.store;

import java.sql.SQLException;

/**
 * A group whose connection was lost during the commit, and whose outcome is not known yet. Its callers wait, because
 * success and failure are both possible. Nothing else is written before the outcome is known.
 */
record Doubt(Group group, String transaction, SQLException cause) {}

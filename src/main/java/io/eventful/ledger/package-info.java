/** The ledger of changes: intents, outcomes, positions, revisions, and what became of each call. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "store"})
package io.eventful.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Claim checks: signed links to the state that a change left, for events too large to carry it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event"})
package io.eventful.claim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

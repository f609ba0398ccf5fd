/** Turns a call through the edge into a change in the ledger, and the change into an exchange on a route. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event", "exchange", "config"})
package io.eventful.capture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Writes that are answered before they are done: kept, run once and in order through capture, and asked about later. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event", "store", "config"})
package io.eventful.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

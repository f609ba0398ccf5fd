/** Read models (CQRS): projects events into items that clients read on the data port, and measures their lag. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event", "exchange", "store", "config"})
package io.eventful.view;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Read models: projects events into items that callers read on the data port, and tells how fresh they are. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event", "store", "config"})
package io.eventful.view;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

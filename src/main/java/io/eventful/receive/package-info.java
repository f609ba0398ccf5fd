/** Receives webhooks: verified, durable in the ledger before they are answered, and then like any other change. */
@NullMarked
@ApplicationModule(allowedDependencies = {"edge", "ledger", "event", "exchange", "config"})
package io.eventful.receive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

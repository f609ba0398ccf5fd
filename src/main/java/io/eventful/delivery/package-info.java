/** Signed webhook attempts: order, retry, rate, dead letters, replay. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "exchange", "store", "subscription", "config"})
package io.eventful.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Reads, checks and reloads the route files, and registers the event data types in Camel. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "exchange", "edge", "config"})
package io.eventful.routes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Reads, checks and swaps the route files, and gives Camel the event data types. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "edge", "config"})
package io.eventful.routes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The Camel exchanges that the gateway's consumers give to routes: what they carry, and whether a route has handled it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event"})
package io.eventful.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** The catalogue of what a gateway tells: event types, their schemas, and the AsyncAPI document of both. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event"})
package io.eventful.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

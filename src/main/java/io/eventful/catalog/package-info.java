/** The catalogue of event types and their schemas, and the AsyncAPI document generated from it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event"})
package io.eventful.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

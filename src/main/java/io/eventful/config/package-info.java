/** Loads and validates the configuration: reports all problems together, each with its key and a remedy. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

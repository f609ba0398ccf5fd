/** Finds, reads and checks the configuration: all problems at once, each with its path and a remedy. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** A small REST system and a small subscriber, to watch the gateway between them. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

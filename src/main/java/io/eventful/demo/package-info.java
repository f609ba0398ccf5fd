/** A sample REST system and a sample subscriber for the demo. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

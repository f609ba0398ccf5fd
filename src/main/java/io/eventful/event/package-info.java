/** Changes, events, their renderings, and JSON that preserves the text of numbers. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

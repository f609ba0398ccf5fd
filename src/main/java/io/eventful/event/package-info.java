/** What changed, and how it is told: changes, events, their renderings, and JSON that keeps its text. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.eventful.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

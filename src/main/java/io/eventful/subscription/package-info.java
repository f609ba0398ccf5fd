/** Who wants which events, where, and with which secret. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "store"})
package io.eventful.subscription;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

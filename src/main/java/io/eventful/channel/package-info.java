/** Publish and subscribe over Artemis or Kafka. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event", "exchange", "store"})
package io.eventful.channel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Durable storage in SQLite or PostgreSQL: one writer, group commit, migrations. */
@NullMarked
@ApplicationModule(allowedDependencies = {"event"})
package io.eventful.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

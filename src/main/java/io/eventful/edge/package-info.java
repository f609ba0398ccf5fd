/** The data port: a transparent reverse proxy in front of the REST system, its routing table and its upstreams. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config"})
package io.eventful.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

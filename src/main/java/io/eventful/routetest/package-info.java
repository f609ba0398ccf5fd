/** Tests of route files in YAML: a whole exchange, from a call at the edge to the deliveries, with a clock that is turned. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "event",
            "store",
            "ledger",
            "edge",
            "capture",
            "receive",
            "channel",
            "subscription",
            "delivery",
            "command",
            "claim",
            "view",
            "routes",
            "config"
        })
package io.eventful.routetest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

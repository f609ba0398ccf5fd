/** The commands of ./eventful. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "event",
            "store",
            "ledger",
            "edge",
            "capture",
            "command",
            "receive",
            "claim",
            "channel",
            "subscription",
            "delivery",
            "routes",
            "view",
            "routetest",
            "admin",
            "config",
            "demo"
        })
package io.eventful.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

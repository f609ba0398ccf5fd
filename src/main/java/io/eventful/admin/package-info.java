/** The admin port: REST API and web console. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "event",
            "store",
            "ledger",
            "edge",
            "capture",
            "command",
            "channel",
            "subscription",
            "delivery",
            "routes",
            "view",
            "catalog",
            "config"
        })
package io.eventful.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

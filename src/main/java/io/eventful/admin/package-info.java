/** The admin port: the API that people and programs steer the gateway with. */
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

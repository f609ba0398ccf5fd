package io.eventful.routes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder of the route files, and whether it is watched.
 *
 * @param directory folder of the route files, relative to the current folder; sub-folders are not loaded
 * @param reload true: changed files are checked and loaded while the gateway runs
 * @param limits limits of a set of route files
 */
@ConfigurationProperties("eventful.routes")
public record RoutesSettings(
        @DefaultValue("routes") String directory,
        @DefaultValue("true") boolean reload,
        @DefaultValue RoutesLimits limits) {

    public RoutesSettings {
        if (directory.isBlank())
            throw new IllegalArgumentException(
                    "eventful.routes.directory is empty; set it to the folder of the route files, such as routes");
    }

    /** The same settings with another folder. */
    public RoutesSettings withDirectory(String other) {
        return new RoutesSettings(other, reload, limits);
    }
}

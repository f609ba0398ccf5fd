package io.eventful.routes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the route files are, and whether a saved file takes effect at once.
 *
 * @param directory folder of the route files, relative to the current folder; sub-folders are not loaded
 * @param reload true: the folder is watched, and a change of its files is checked and swapped in
 * @param limits bounds on what a set of route files may cost
 */
@ConfigurationProperties("eventful.routes")
public record RoutesSettings(
        @DefaultValue("routes") String directory,
        @DefaultValue("true") boolean reload,
        @DefaultValue RoutesLimits limits) {

    public RoutesSettings {
        if (directory.isBlank())
            throw new IllegalArgumentException(
                    "eventful.routes.directory is empty: give the folder of the route files, such as routes");
    }

    /** The same settings with another folder. */
    public RoutesSettings withDirectory(String other) {
        return new RoutesSettings(other, reload, limits);
    }
}

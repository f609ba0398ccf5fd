package io.eventful.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of settings; later ones take precedence: file, environment, flags.
 *
 * @param file the configuration file; null if there is none
 * @param environment environment variables
 * @param flags settings given on the command line
 */
public record ConfigurationSources(@Nullable Path file, Map<String, String> environment, List<Flag> flags) {

    /**
     * One setting from the command line.
     *
     * @param key canonical dotted key, such as {@code eventful.edge.port}
     * @param value its text
     * @param flag the flag as written, such as {@code --port}
     */
    public record Flag(String key, String value, String flag) {}

    /**
     * The configuration file: the given one, or else {@code config/application.yaml} in the current folder, or else the
     * one next to the launcher, or else none.
     *
     * @param named value of {@code --config}; null if not given
     * @param current the current folder
     * @param home folder of the launcher; null if not known
     */
    public static @Nullable Path locate(@Nullable Path named, Path current, @Nullable Path home) {
        if (named != null) return named;
        Path here = current.resolve("config/application.yaml");
        if (Files.isRegularFile(here)) return here;
        if (home == null) return null;
        Path beside = home.resolve("config/application.yaml");
        return Files.isRegularFile(beside) ? beside : null;
    }
}

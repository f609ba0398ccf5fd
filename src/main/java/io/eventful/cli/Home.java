package io.eventful.cli;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds files and folders: in the current folder, or else next to the launcher. */
final class Home {

    private Home() {}

    /** The folder of the launcher; null if the jar was started directly. */
    static @Nullable Path folder() {
        String home = System.getProperty("eventful.home");
        return home == null || home.isEmpty() ? null : Path.of(home);
    }

    /** @throws ConfigurationException when the name is empty, such as an unset variable of a script */
    static @Nullable Path configuration(@Nullable Path named) {
        if (named != null && named.toString().isBlank())
            throw new ConfigurationException(List.of(
                    new ConfigurationProblem("--config", "", "is empty", "Give --config a value, or leave it out.")));
        return ConfigurationSources.locate(named, Path.of(""), folder());
    }

    /** A relative file: the one in the current folder if it exists, otherwise the one next to the launcher. */
    static Path file(String name) {
        Path here = Path.of(name).toAbsolutePath();
        Path home = folder();
        if (Path.of(name).isAbsolute() || Files.exists(here) || home == null) return here;
        Path beside = home.resolve(name);
        return Files.exists(beside) ? beside : here;
    }

    /** A relative folder: the one in the current folder if it exists, otherwise the one next to the launcher. */
    static Path resolve(String directory) {
        Path here = Path.of(directory);
        Path home = folder();
        if (here.isAbsolute() || Files.isDirectory(here) || home == null) return here;
        Path beside = home.resolve(directory);
        return Files.isDirectory(beside) ? beside : here;
    }
}

package io.eventful.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the route files of a folder. */
final class RouteFolder {

    /** The files in the order of their names, and the problems of those that could not be read. */
    record Content(List<RouteFile> files, List<RouteProblem> problems) {}

    private final String directory;
    private final RoutesLimits limits;

    RouteFolder(RoutesSettings settings) {
        this(settings.directory(), settings.limits());
    }

    RouteFolder(String directory, RoutesLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    String directory() {
        return directory;
    }

    Path path() {
        return Path.of(directory);
    }

    /** Reads all route files; never fails, errors are among the problems. */
    Content read() {
        List<RouteFile> files = new ArrayList<>();
        List<RouteProblem> problems = new ArrayList<>();
        if (!Files.isDirectory(path())) {
            boolean present = Files.exists(path());
            problems.add(Place.whole(directory)
                    .error(
                            "folder-missing",
                            present ? "this is a file, not a folder" : "the folder does not exist",
                            (present ? "" : "create it, or ")
                                    + "set eventful.routes.directory to the folder of the route files"));
            return new Content(files, problems);
        }
        List<Path> paths = list(problems);
        if (paths.size() > limits.files()) {
            problems.add(Place.whole(directory)
                    .error(
                            "too-many-files",
                            paths.size() + " route files exceed the limit of " + limits.files(),
                            "raise eventful.routes.limits.files"));
            return new Content(files, problems);
        }
        // For example the folder "routes" of another program, if the gateway was started in its directory.
        if (paths.isEmpty() && problems.isEmpty())
            problems.add(Place.whole(directory)
                    .warning(
                            "no-route-files",
                            "the folder contains no route files, so nothing is captured",
                            "add one, such as the shipped routes/everything.yaml, or choose another folder with"
                                    + " eventful.routes.directory"));
        for (Path path : paths) read(path, files, problems);
        return new Content(List.copyOf(files), problems);
    }

    private List<Path> list(List<RouteProblem> problems) {
        try (Stream<Path> entries = Files.list(path())) {
            return entries.filter(RouteFolder::isRouteFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            problems.add(Place.whole(directory)
                    .error("folder-unreadable", "the folder cannot be read", "check its permissions"));
            return List.of();
        }
    }

    /** {@code *.yaml} and {@code *.yml}, except for tests and hidden files, which editors create. */
    static boolean isRouteFile(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && (name.endsWith(".yaml") || name.endsWith(".yml"))
                && !name.endsWith(".test.yaml")
                && !name.endsWith(".test.yml")
                && (Files.isRegularFile(path) || isDangling(path));
    }

    /** A symbolic link whose target is missing, perhaps only temporarily: its routes must not be removed. */
    private static boolean isDangling(Path path) {
        return Files.isSymbolicLink(path) && Files.notExists(path);
    }

    private void read(Path path, List<RouteFile> files, List<RouteProblem> problems) {
        String name = directory.equals(".") ? path.getFileName().toString() : directoryPrefix() + path.getFileName();
        readFile(path, name, limits, files, problems);
    }

    /** Reads one file. */
    static void readFile(
            Path path, String name, RoutesLimits limits, List<RouteFile> files, List<RouteProblem> problems) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limits.fileBytes() + 1);
            if (bytes.length > limits.fileBytes()) {
                problems.add(Place.whole(name)
                        .error(
                                "file-too-large",
                                "the file is larger than " + limits.fileBytes() + " bytes",
                                "split it, or raise eventful.routes.limits.file-bytes"));
                return;
            }
            if (bytes.length == 0) {
                // Editors truncate a file before they write it; its routes must not be removed in between.
                problems.add(
                        Place.whole(name).error("empty-file", "the file is empty", "add routes, or delete the file"));
                return;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            files.add(new RouteFile(name, text));
        } catch (NoSuchFileException gone) {
            // Deleted between listing and reading: the set without it is current.
            if (isDangling(path))
                problems.add(Place.whole(name)
                        .error(
                                "file-unreadable",
                                "the file is a symbolic link to a file that does not exist",
                                "correct the link, or delete it"));
        } catch (CharacterCodingException e) {
            problems.add(
                    Place.whole(name).error("not-utf-8", "the file is not UTF-8 text", "save it with UTF-8 encoding"));
        } catch (IOException e) {
            problems.add(
                    Place.whole(name).error("file-unreadable", "the file cannot be read", "check its permissions"));
        }
    }

    private String directoryPrefix() {
        return directory.endsWith("/") ? directory : directory + "/";
    }
}

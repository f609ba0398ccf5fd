package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
import io.eventful.config.VisibleText;
import io.eventful.ledger.LedgerFiles;
import io.eventful.ledger.LedgerReport;
import io.eventful.store.StoreSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful ledger …}: tools for the ledger of a stopped gateway. */
@Command(
        name = "ledger",
        description = "Checks, exports and imports the ledger of a stopped gateway.",
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "the gateway's data folder (eventful.data)")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "configuration file, instead of config/application.yaml")
    private @Nullable Path config;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: verify, export, import.");
    }

    @Command(
            name = "verify",
            description =
                    "Checks the database's pages, positions, revisions, digests and patches; exit 1 if there is an"
                            + " error.",
            mixinStandardHelpOptions = true)
    int verify() {
        try (LedgerFiles ledger = existing()) {
            LedgerReport report = ledger.verify();
            for (String problem : report.problems()) print(VisibleText.line(problem));
            if (report.found() == 0) print("verified " + report.changes() + " changes: no errors");
            else print("checked " + report.changes() + " changes: " + report.found() + " problems");
            return report.found() == 0 ? 0 : CommandErrorHandler.FAILED;
        }
    }

    @Command(
            name = "export",
            description = "Writes the whole ledger as JSON lines; the last line has their digest.",
            mixinStandardHelpOptions = true)
    int export(@Parameters(paramLabel = "FILE", description = "file to write; it must not exist") Path file) {
        if (Files.exists(file)) throw new CommandException(file + " already exists; choose another file");
        try (LedgerFiles ledger = existing()) {
            print("exported " + write(ledger, file) + " changes to " + file);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be written: " + CommandErrorHandler.reason(e), e);
        }
        return 0;
    }

    /**
     * Written to a temporary name and renamed at the end, so that a partial export is never taken for a complete one. Of
     * one that fails nothing is left.
     */
    private static long write(LedgerFiles ledger, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        OutputStream begun = Files.newOutputStream(part);
        try {
            long changes;
            try (OutputStream out = new BufferedOutputStream(begun, 1 << 16)) {
                changes = ledger.exportTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return changes;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    @Command(
            name = "import",
            description = "Imports an export into a data folder with an empty ledger, and checks the result.",
            mixinStandardHelpOptions = true)
    int importFrom(@Parameters(paramLabel = "FILE", description = "an export") Path file) throws IOException {
        // It is read twice, so no pipe will do.
        if (!Files.isRegularFile(file) || !Files.isReadable(file))
            throw new CommandException(file + " is not a file that can be read");
        Path folder = folder(load());
        boolean fresh = Files.notExists(folder);
        try (LedgerFiles ledger = open()) {
            print("imported " + ledger.importFrom(file) + " changes");
        } catch (IOException | RuntimeException e) {
            // An empty ledger that nobody asked for would look like one that has lost everything.
            if (fresh) FileSystemUtils.deleteRecursively(folder);
            if (e instanceof IOException unread)
                throw new CommandException(file + " cannot be read: " + CommandErrorHandler.reason(unread), e);
            throw e;
        }
        return verify();
    }

    private LedgerFiles existing() {
        LoadedConfiguration configuration = load();
        Path folder = folder(configuration);
        if (!Files.isDirectory(folder))
            throw new CommandException(
                    "the data folder does not exist: " + folder.toAbsolutePath() + "; name it with --data");
        // Opening a missing ledger would create an empty one and report success.
        configuration
                .get(StoreSettings.class)
                .file(folder)
                .filter(Files::notExists)
                .ifPresent(file -> {
                    throw new CommandException("no ledger found: " + file + "; name the data folder with --data");
                });
        return open();
    }

    private LedgerFiles open() {
        // The log is not part of the output, which tells what has failed.
        LoggingSystem.get(LedgerCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        LoadedConfiguration configuration = load();
        return LedgerFiles.open(folder(configuration), configuration.get(StoreSettings.class));
    }

    private static Path folder(LoadedConfiguration configuration) {
        return Path.of(String.valueOf(configuration.properties().getOrDefault("eventful.data", "data")));
    }

    private LoadedConfiguration load() {
        List<Flag> flags = data == null ? List.of() : List.of(new Flag("eventful.data", data, "--data"));
        return SettingsCatalogue.loader()
                .load(new ConfigurationSources(Home.configuration(config), System.getenv(), flags));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}

package io.eventful.cli;

import io.eventful.config.VisibleText;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** A command for each of several ids: one that the gateway refuses is told, and keeps no other from being done. */
final class EachId {

    private EachId() {}

    /**
     * Gives the exit code.
     *
     * @param action fails with {@link RefusedException} for an id that is refused; any other failure ends the command
     */
    static int run(CommandSpec spec, List<String> ids, Consumer<String> action) {
        int exit = 0;
        for (String id : ids) {
            try {
                action.accept(id);
            } catch (RefusedException refused) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("eventful: " + VisibleText.lines(String.valueOf(refused.getMessage())));
                err.flush();
                exit = CommandErrorHandler.FAILED;
            }
        }
        return exit;
    }
}

package io.eventful.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of {@code ./eventful}. */
@Command(
        name = "eventful",
        description = "A gateway in front of a REST system: it passes calls on and publishes their changes as events.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SubscriptionCommand.class,
            TailCommand.class,
            ListenCommand.class,
            ChangesCommand.class,
            DeliveriesCommand.class,
            LedgerCommand.class,
            LintCommand.class,
            ExplainCommand.class,
            TestCommand.class,
            ViewCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(StandardOutput.ofProcess());
    }

    static CommandLine commandLine(StandardOutput output) {
        return new CommandLine(new Main())
                .setOut(output.writer())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(output.checked(UsageErrorHandler.strict(new CommandLine.RunLast())))
                .setParameterExceptionHandler(new UsageErrorHandler())
                .setExecutionExceptionHandler(new CommandErrorHandler());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}

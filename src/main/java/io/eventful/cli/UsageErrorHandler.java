package io.eventful.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line, and where its usage is: the usage itself would push the reason off the screen. */
final class UsageErrorHandler implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        // Without any argument, the usage is what is asked for.
        if (arguments.length == 0) command.usage(err);
        else err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return CommandErrorHandler.USAGE;
    }

    /** With --help, picocli leaves out what it does not know, as if it were right. */
    static IExecutionStrategy strict(IExecutionStrategy strategy) {
        return parsed -> {
            for (ParseResult each : parsed.asCommandLineList().stream()
                    .map(CommandLine::getParseResult)
                    .toList())
                if (!each.unmatched().isEmpty())
                    throw new UnmatchedArgumentException(each.commandSpec().commandLine(), each.unmatched());
            return strategy.execute(parsed);
        };
    }
}

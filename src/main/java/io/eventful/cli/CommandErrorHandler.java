package io.eventful.cli;

import io.eventful.config.ConfigurationException;
import io.eventful.config.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Prints errors of commands. Expected errors (a port in use, a locked folder, an invalid route file) are printed as a
 * message without a stack trace; unexpected errors are printed with one, for a bug report.
 */
final class CommandErrorHandler implements IExecutionExceptionHandler {

    /** The configuration or the command line is wrong. */
    static final int USAGE = 2;

    /** The start, or the command, failed. */
    static final int FAILED = 1;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigurationException configuration) {
            err.println(VisibleText.lines(String.valueOf(configuration.getMessage())));
            return USAGE;
        }
        String plain = failure instanceof FileSystemException file ? file(file) : plain(failure);
        if (plain == null) failure.printStackTrace(err);
        else err.println("eventful: " + VisibleText.lines(plain));
        err.flush();
        return failure instanceof ArgumentException ? USAGE : FAILED;
    }

    /** A message for a file error; Java's own message is often only the file name. */
    private static String file(FileSystemException failure) {
        return failure.getFile() + ": " + reason(failure);
    }

    /** What is wrong with a file, without its name. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException absent -> "the file or folder does not exist";
            case AccessDeniedException denied -> "this user has no permission to read or write it";
            case FileAlreadyExistsException present -> "the file already exists";
            case FileSystemException other -> String.valueOf(other.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** The message of the first expected cause; null if there is none. */
    static @Nullable String plain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return "port " + taken.getPort() + " of the admin API is used by another process;"
                        + " choose another with --admin-port or eventful.admin.port";
            }
            if (cause instanceof BindException || cause instanceof UnknownHostException) {
                return "the admin port cannot be opened (" + cause.getMessage()
                        + "); check eventful.admin.bind, which must be an address of this machine, and"
                        + " eventful.admin.port";
            }
            String message = cause.getMessage();
            if (message == null) continue;
            // A message about a configuration key is for the operator, whatever exception it comes from.
            if (cause.getClass().getName().startsWith("io.eventful.") || message.startsWith("eventful."))
                return message;
        }
        return null;
    }
}

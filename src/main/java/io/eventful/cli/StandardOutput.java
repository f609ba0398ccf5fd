package io.eventful.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** Where commands write their results. It remembers why that failed, which a {@link PrintWriter} keeps to itself. */
final class StandardOutput extends OutputStream {

    private final OutputStream target;
    private @Nullable IOException failure;

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    PrintWriter writer() {
        return new PrintWriter(new OutputStreamWriter(this, Charset.defaultCharset()), true);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            if (failure == null) failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    /** A command whose result is lost has failed, because a script that reads it, or waits for a secret, has nothing. */
    IExecutionStrategy checked(IExecutionStrategy strategy) {
        return parsed -> {
            int exit = strategy.execute(parsed);
            CommandLine line = parsed.commandSpec().commandLine();
            line.getOut().flush();
            // A gateway that has stopped in order has done so, whoever read that it was ready.
            if (failure == null || isClosedPipe(failure) || isGateway(parsed)) return exit;
            line.getErr().println("eventful: the output could not be written: " + failure.getMessage());
            line.getErr().flush();
            return exit == 0 ? CommandErrorHandler.FAILED : exit;
        };
    }

    private static boolean isGateway(ParseResult parsed) {
        return parsed.asCommandLineList().getLast().getCommand() instanceof RunCommand;
    }

    /**
     * Whether nobody reads any more, as after {@code | head}. Only the operating system's message tells it from a full
     * disk, and that is in the user's language, so that it is compared with the one about another closed pipe.
     */
    private static boolean isClosedPipe(IOException failure) {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                pipe.source().close();
                sink.write(ByteBuffer.allocate(1));
            }
            return false;
        } catch (IOException closed) {
            return Objects.equals(closed.getMessage(), failure.getMessage());
        }
    }
}

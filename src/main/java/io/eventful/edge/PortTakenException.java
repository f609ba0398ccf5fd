package io.eventful.edge;

import java.util.Locale;

/** The data port cannot be opened: another program has it, or this one may not. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(String bind, int port, Throwable cause) {
        super("Cannot listen on " + bind + ":" + port + ": " + remedy(String.valueOf(cause.getMessage())), cause);
        this.port = port;
    }

    private static String remedy(String reason) {
        if (reason.contains("in use")) {
            return "another program has the port. End it, or choose another one with eventful.edge.port or --port.";
        }
        if (reason.toLowerCase(Locale.ROOT).contains("permission")) {
            return "this user may not open it. Choose a port above 1023 with eventful.edge.port or --port.";
        }
        return reason + ". Check eventful.edge.bind: it must be an address of this machine.";
    }

    /** The port that is taken. */
    public int port() {
        return port;
    }
}

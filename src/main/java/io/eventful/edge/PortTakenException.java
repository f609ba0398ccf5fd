package io.eventful.edge;

import java.util.Locale;

/** The data port cannot be opened: another program uses it, or this user may not open it. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String bind, int port, Throwable cause) {
        super("Cannot listen on " + bind + ":" + port + ": " + remedy(String.valueOf(cause.getMessage())), cause);
    }

    private static String remedy(String reason) {
        if (reason.contains("in use")) {
            return "another program uses the port. Stop it, or choose another port with eventful.edge.port or --port.";
        }
        if (reason.toLowerCase(Locale.ROOT).contains("permission")) {
            return "this user may not open the port. Choose a port above 1023 with eventful.edge.port or --port.";
        }
        return reason + ". Check eventful.edge.bind: it must be an address of this machine.";
    }
}

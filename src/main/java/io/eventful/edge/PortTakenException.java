package io.eventful.edge;

/** The data port cannot be opened. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(String bind, int port, Throwable cause) {
        super(
                "Cannot listen on " + bind + ":" + port + " (" + cause.getMessage() + "): another program has the port."
                        + " End it, or choose another port with eventful.edge.port or --port.",
                cause);
        this.port = port;
    }

    /** The port that is taken. */
    public int port() {
        return port;
    }
}

package io.eventful.channel;

import java.nio.file.Path;

/** An Artemis broker in a JVM of its own, over a folder that outlives it. */
public final class ArtemisProcess implements AutoCloseable {

    private final int port;
    private final BrokerProcess process;

    private ArtemisProcess(int port, BrokerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Returns when the broker takes connections. */
    public static ArtemisProcess start(Path folder) {
        int port = BrokerProcess.freePort();
        return new ArtemisProcess(
                port,
                new BrokerProcess(
                                System.getProperty("java.class.path"),
                                folder.resolve("log"),
                                port,
                                ArtemisServer.class.getName(),
                                folder.toString(),
                                String.valueOf(port))
                        .start());
    }

    int port() {
        return port;
    }

    /** For clients. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Starts it again, after a kill. */
    public void restart() {
        process.start();
    }

    BrokerProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.eventful.edge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens and closes the data port: last at start, when everything that serves calls is ready, and first at shutdown (see
 * {@link #PHASE}).
 */
public final class EdgeServer implements SmartLifecycle {

    /** After the web server of the admin port, whose health endpoint must still report that the gateway is draining. */
    public static final int PHASE = Integer.MAX_VALUE - 512;

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    private final EdgeEngine engine;
    private final EdgeSettings settings;
    private volatile int port;
    private volatile boolean running;

    EdgeServer(EdgeEngine engine, EdgeSettings settings) {
        this.engine = engine;
        this.settings = settings;
        this.port = settings.port();
    }

    /** The open port; before the start, the configured one. */
    public int port() {
        return port;
    }

    /** Base of links to this gateway, without a trailing slash. */
    public String publicUrl() {
        return settings.publicBase(port);
    }

    /**
     * Opens the port.
     *
     * @throws PortTakenException when another program has it
     */
    @Override
    public void start() {
        port = engine.listen();
        running = true;
        LOG.info("edge.opened bind={} port={}", settings.bind(), port);
    }

    /** Stops accepting after {@code eventful.edge.limits.grace}, lets running calls finish within {@code eventful.edge.limits.drain}, and closes the port. */
    @Override
    public void stop() {
        if (!running) return;
        running = false;
        engine.grace();
        engine.drain();
        LOG.info("edge.closed port={}", port);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

package io.eventful.edge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens and closes the data port. It opens after everything that may answer a call is ready, and closes before anything
 * of that ends: {@link #PHASE} is late.
 */
public final class EdgeServer implements SmartLifecycle {

    /** Later than the web server's of the admin port, which must still tell that the gateway is draining. */
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

    /** The port that is open; before the start, the one configured. */
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

    /** After {@code eventful.edge.limits.grace} stops accepting, lets calls under way end within {@code eventful.edge.limits.drain}, and closes the port. */
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

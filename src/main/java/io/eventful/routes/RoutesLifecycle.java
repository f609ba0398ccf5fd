package io.eventful.routes;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts the routes after the stores and channels and before the edge accepts; stops them after the edge. */
final class RoutesLifecycle implements SmartLifecycle {

    /** After the channels, which are ready as beans, and before the edge, which starts last and stops first. */
    static final int PHASE = 1000;

    private final RouteSets sets;
    private final RoutesSettings settings;
    private final RouteFolder folder;
    private volatile boolean running;
    private @Nullable FolderWatch watch;

    RoutesLifecycle(RouteSets sets, RoutesSettings settings, RouteFolder folder) {
        this.sets = sets;
        this.settings = settings;
        this.folder = folder;
    }

    @Override
    public void start() {
        sets.start();
        if (settings.reload()) {
            FolderWatch started = new FolderWatch(folder.path(), settings.limits(), sets::reload);
            started.start();
            watch = started;
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        FolderWatch present = watch;
        if (present != null) present.close();
        watch = null;
        sets.stop();
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

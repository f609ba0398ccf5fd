package io.eventful.command;

import java.time.Duration;

/** Runs short actions later; tests own the time. */
@FunctionalInterface
interface Timer {

    void after(Duration delay, Runnable action);
}

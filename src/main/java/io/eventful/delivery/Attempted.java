package io.eventful.delivery;

import java.time.Instant;

/** An attempt that has ended: its outcome, and what follows from it. */
record Attempted(Outcome outcome, Verdict verdict, AttemptRecord log, Instant ended) {}

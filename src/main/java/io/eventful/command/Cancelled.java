package io.eventful.command;

/** What came of a wish to cancel a command. */
enum Cancelled {
    /** It has ended, and nothing was sent. */
    YES,
    /** It runs, may have run, or has ended. */
    TOO_LATE
}

package io.eventful.delivery;

/** How a new delivery goes on. */
enum Admission {
    /** It is sent now, without a row; slot and line are taken. */
    DIRECT,
    /** It waits in memory for a slot; its line is taken. */
    QUEUE,
    /** It waits in the store; its line is taken. */
    RECORD,
    /** The running catch-up will come to it. */
    CATCH_UP
}

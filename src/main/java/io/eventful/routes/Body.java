package io.eventful.routes;

/** What the body of a route is, as {@link RenderCheck} follows it. */
enum Body {
    CHANGE,
    NOTIFICATION,
    /** An event of any pattern. */
    EVENT,
    /** Anything: a step may have replaced it. */
    OTHER,
    /** No step is reached. */
    ENDED;

    boolean isEvent() {
        return this == NOTIFICATION || this == EVENT;
    }

    /** What the body is where two ways meet. */
    Body or(Body another) {
        if (this == another || another == ENDED) return this;
        if (this == ENDED) return another;
        return isEvent() && another.isEvent() ? EVENT : OTHER;
    }
}

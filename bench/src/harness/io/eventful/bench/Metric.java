package io.eventful.bench;

/** What is taken of a candidate in each repetition. */
enum Metric {
    GET_PER_SECOND,
    GET_P99,
    GET_CPU,
    POST_PER_SECOND,
    POST_P99,
    POST_CPU,
    OPEN_GET_P50,
    OPEN_GET_P99,
    OPEN_GET_P999,
    OPEN_POST_P50,
    OPEN_POST_P99,
    OPEN_POST_P999,
    DELIVERED_PER_SECOND,
    WAITING,
    DRAIN_SECONDS,
    FAILURES;

    static Metric perSecond(Method method) {
        return valueOf(method + "_PER_SECOND");
    }

    static Metric p99(Method method) {
        return valueOf(method + "_P99");
    }

    static Metric cpu(Method method) {
        return valueOf(method + "_CPU");
    }

    static Metric open(Method method, String quantile) {
        return valueOf("OPEN_" + method + "_" + quantile);
    }
}

package io.eventful.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of the databases: {@code eventful.store.refusing}, 1 while a database refuses writes or is damaged, by its name. */
record StoreMetrics(MeterRegistry registry) {

    void opened(String name, JdbcDatabase database) {
        Gauge.builder("eventful.store.refusing", database, one -> one.problem().isPresent() ? 1 : 0)
                .description("1 while the database refuses writes or is damaged, else 0")
                .tag("store", name)
                .register(registry);
    }
}

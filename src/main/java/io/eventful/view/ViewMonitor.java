package io.eventful.view;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Measures the lag of views regularly: publishes the metrics {@code eventful.view.lag} (seconds) and {@code
 * eventful.view.position} and the health details, logs when a view exceeds its maximum lag and when it has caught up, and
 * starts outstanding rebuilds. A lagging view does not make the gateway unhealthy, because traffic is not affected.
 */
final class ViewMonitor implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ViewMonitor.class);

    private final Views views;
    private final MultiGauge lags;
    private final MultiGauge positions;
    private final Set<String> behind = ConcurrentHashMap.newKeySet();

    ViewMonitor(Views views, MeterRegistry registry) {
        this.views = views;
        this.lags = MultiGauge.builder("eventful.view.lag")
                .description("age of the oldest change that is not projected into the view")
                .baseUnit("seconds")
                .register(registry);
        this.positions = MultiGauge.builder("eventful.view.position")
                .description("all changes of the view up to this ledger position are projected")
                .register(registry);
    }

    /** One measurement. */
    void look() {
        views.fillOutdated();
        List<MultiGauge.Row<?>> lagRows = new ArrayList<>();
        List<MultiGauge.Row<?>> positionRows = new ArrayList<>();
        for (Views.Running one : views.all()) {
            View view = one.view();
            try {
                view.lag(one.watermark().measure());
            } catch (RuntimeException e) {
                log.debug("view.not-measured view={}", view.name(), e);
            }
            Lag lag = view.lag();
            tell(view, lag);
            Tags tags = Tags.of("view", view.name());
            lagRows.add(MultiGauge.Row.of(tags, lag.behind().toMillis() / 1000.0));
            positionRows.add(MultiGauge.Row.of(tags, lag.watermark()));
        }
        lags.register(lagRows, true);
        positions.register(positionRows, true);
    }

    private void tell(View view, Lag lag) {
        boolean late = lag.behind().compareTo(view.options().maxLag()) > 0;
        if (late && behind.add(view.name()))
            log.warn(
                    "view.behind view={} position={} lagSeconds={} maxLagSeconds={}",
                    view.name(),
                    lag.watermark(),
                    lag.behind().toSeconds(),
                    view.options().maxLag().toSeconds());
        else if (!late && behind.remove(view.name()))
            log.info("view.caught-up view={} position={}", view.name(), lag.watermark());
    }

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder().up();
        for (Views.Running one : views.all()) {
            String name = one.view().name();
            health.withDetail(
                    name,
                    (behind.contains(name) ? "behind " : "lag ")
                            + one.view().lag().behind().toMillis() + " ms");
        }
        return health.build();
    }
}

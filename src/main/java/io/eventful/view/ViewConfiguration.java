package io.eventful.view;

import io.eventful.edge.Upstreams;
import io.eventful.event.Timers;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import io.eventful.store.Databases;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** The beans of views. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    @Bean(destroyMethod = "close")
    ExecutorService viewThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("view-", 0).factory());
    }

    @Bean
    Views views(
            Databases databases,
            Ledger ledger,
            History history,
            ExecutorService viewThreads,
            Clock clock,
            ViewSettings settings) {
        return new Views(new ViewStore(databases.open("views")), ledger, history, viewThreads, clock, settings);
    }

    @Bean
    Access viewAccess(Upstreams upstreams, AdminAccess admin, Clock clock, ViewSettings settings) {
        return new Access(new UpstreamRights(upstreams, clock, settings), admin, settings.readKeys());
    }

    @Bean
    ItemRead viewItems(Ledger ledger, History history, Access viewAccess) {
        return new ItemRead(ledger, history, viewAccess);
    }

    @Bean
    ListRead viewLists(Ledger ledger, Access viewAccess, ViewSettings settings) {
        return new ListRead(ledger, viewAccess, settings);
    }

    @Bean
    ReadGate openedViews(Access viewAccess, ViewSettings settings) {
        return new ReadGate(viewAccess, settings);
    }

    @Bean
    ViewResources viewResources(
            Views views, ItemRead viewItems, ListRead viewLists, ReadGate openedViews, ExecutorService viewThreads) {
        return new ViewResources(views, viewItems, viewLists, openedViews, viewThreads);
    }

    @Bean
    CapturedReads capturedReads(
            Views views,
            ItemRead viewItems,
            ListRead viewLists,
            ReadGate openedViews,
            ExecutorService viewThreads,
            ViewSettings settings) {
        return new CapturedReads(views, viewItems, viewLists, openedViews, viewThreads, settings);
    }

    @Bean
    ViewMonitor viewsHealthIndicator(Views views, MeterRegistry registry) {
        return new ViewMonitor(views, registry);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService viewClock(ViewMonitor monitor, Timers timers, ViewSettings settings) {
        ScheduledExecutorService timer = timers.timer("view-clock");
        long period = settings.check().toMillis();
        var unused = timer.scheduleWithFixedDelay(monitor::look, period, period, TimeUnit.MILLISECONDS);
        return timer;
    }

    /** Prototype scope: each generation of routes has its own Camel context, and each context its own component. */
    @Bean("view-component")
    @Scope("prototype")
    ViewComponent viewComponent(Views views) {
        return new ViewComponent(views);
    }
}

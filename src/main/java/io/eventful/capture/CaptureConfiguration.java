package io.eventful.capture;

import io.eventful.edge.Routing;
import io.eventful.edge.Upstreams;
import io.eventful.event.Activity;
import io.eventful.event.Timers;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Reversals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Capturing: the calls, the relays, and the component of {@code capture:}. */
@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {

    /** Which part of the memory for calls may be held besides by those that ended and are looked after. */
    private static final int WATCHED = 8;

    @Bean(destroyMethod = "close")
    Threads captureThreads(Timers timers) {
        return Threads.start(timers);
    }

    @Bean
    Pauses capturePauses(Threads threads) {
        return new Pauses(threads.timer());
    }

    @Bean
    Tools captureTools(
            Ledger ledger,
            Upstreams upstreams,
            Threads threads,
            Pauses capturePauses,
            Clock clock,
            CaptureSettings settings) {
        Undertakings undertakings = new Undertakings();
        Pauses pauses = capturePauses.of(undertakings);
        Executor background = undertakings.on(threads.background());
        CurrentTable table = new CurrentTable();
        Documents documents = new Documents(settings.decodeRatio());
        ImageSource source = new ImageSource(upstreams, documents, settings.fetchTimeout());
        Waiting waiting = new Waiting(settings.storeWait(), pauses);
        Inquiry inquiry = new Inquiry(ledger, source, pauses, settings.settleDelay(), settings.settleConcurrency());
        BeforeImages befores = new BeforeImages(ledger, source, clock, waiting);
        Lanes lanes = new Lanes();
        LateEffects late = new LateEffects(
                ledger,
                lanes,
                inquiry,
                source,
                pauses,
                undertakings.incidental(threads.background()),
                new MemoryBudget(settings.memory().toBytes() / WATCHED),
                settings);
        return new Tools(
                ledger,
                lanes,
                new Lanes(),
                new MemoryBudget(settings.memory().toBytes()),
                documents,
                source,
                befores,
                new Outcomes(new AfterImages(source), befores, table),
                new Outcomes(new AfterImages(source.afterwards()), befores, table),
                inquiry,
                new Settler(inquiry, late, pauses, background),
                new Idempotency(ledger, clock, settings.idempotency()),
                undertakings,
                waiting,
                table,
                clock);
    }

    /** What is not in the ledger yet; {@link Captures} tells what is done with that. */
    @Bean
    Activity captureActivity(Tools captureTools) {
        return captureTools.undertakings();
    }

    @Bean
    RelayMetrics relayMetrics(ObjectProvider<MeterRegistry> meters) {
        return new RelayMetrics(meters.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean(destroyMethod = "close")
    Captures captures(
            Routing routing,
            Tools captureTools,
            Threads threads,
            Pauses capturePauses,
            CaptureSettings settings,
            RelayMetrics metrics) {
        threads.timer().scheduleWithFixedDelay(captureTools.idempotency()::sweep, 60, 60, TimeUnit.SECONDS);
        return new Captures(
                routing, captureTools, capturePauses, threads.calls(), threads.background(), settings, metrics);
    }

    @Bean
    Compensation compensation(
            Reversals reversals, Upstreams upstreams, Tools captureTools, Captures captures, Threads threads) {
        return new Compensations(
                reversals,
                upstreams,
                captureTools,
                captures::table,
                captureTools.undertakings().on(threads.background()));
    }

    @Bean
    Inspections inspections(Tools captureTools, Captures captures) {
        return new Inspections(captureTools, captures::table);
    }

    @Bean
    Membership membership(Captures captures) {
        return (create, subject) -> captures.table().mayHaveMade(create, subject);
    }

    /** Prototype: each generation of routes has a Camel context, and each context a component of its own. */
    @Bean("capture-component")
    @Scope("prototype")
    CaptureComponent captureComponent(Captures captures) {
        return new CaptureComponent(captures);
    }
}

package io.eventful.capture;

import io.eventful.edge.Routing;
import io.eventful.edge.Upstreams;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Capturing: the calls, the relays, and the component of {@code capture:}. */
@Configuration(proxyBeanMethods = false)
class CaptureConfiguration {

    /** Threads of calls: a shutdown lets them end. */
    @Bean(destroyMethod = "close")
    ExecutorService captureCalls() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("capture-", 0).factory());
    }

    /** Threads of relays and of settling: a shutdown interrupts them, and the next start takes up their work. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService captureBackground() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("capture-background-", 0).factory());
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledThreadPoolExecutor captureTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("capture-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Bean(destroyMethod = "close")
    Captures captures(
            Ledger ledger,
            Routing routing,
            Upstreams upstreams,
            ExecutorService captureCalls,
            ExecutorService captureBackground,
            ScheduledThreadPoolExecutor captureTimer,
            Clock clock,
            CaptureSettings settings) {
        Pauses pauses = new Pauses(captureTimer);
        Documents documents = new Documents(settings.decodeRatio());
        ImageSource source = new ImageSource(upstreams, documents, settings.fetchTimeout());
        Waiting waiting = new Waiting(settings.storeWait());
        Inquiry inquiry = new Inquiry(ledger, source, pauses, settings.settleDelay());
        Settler settler = new Settler(inquiry, pauses, captureBackground, settings.settleConcurrency());
        Lanes lanes = new Lanes();
        Tools tools = new Tools(
                ledger,
                lanes,
                new MemoryBudget(settings.memory().toBytes()),
                documents,
                source,
                new BeforeImages(ledger, source, clock, waiting),
                new Outcomes(new AfterImages(source)),
                inquiry,
                settler,
                waiting,
                clock);
        return new Captures(
                ledger, routing, tools, new Recovery(ledger, lanes, settler), pauses, captureCalls, captureBackground,
                clock, settings);
    }

    /** Prototype: each generation of routes has a Camel context, and each context a component of its own. */
    @Bean("capture-component")
    @Scope("prototype")
    CaptureComponent captureComponent(Captures captures) {
        return new CaptureComponent(captures);
    }
}

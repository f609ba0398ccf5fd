package io.eventful.routetest;

import io.eventful.event.Activity;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.config.BatchResequencerConfig;
import org.apache.camel.model.config.ResequencerConfig;
import org.apache.camel.model.config.StreamResequencerConfig;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Waits for exchanges that {@code resequence} has taken: for its route they are done, and Camel tells of none. One that it
 * leaves out, as a duplicate, is waited for as long as it may keep any.
 */
final class Resequencers implements InterceptStrategy, Activity {

    /** A batch that is completed later than this is waited for by nobody, as an aggregate. */
    private static final long SOON_MILLIS = 10_000;
    /** Camel's own, when a route does not say. */
    private static final long UNSAID_MILLIS = 1_000;
    /** How much later than it says a resequencer passes on what it has. */
    private static final Duration LATE = Duration.ofSeconds(2);
    /** Between two steps of an exchange that has been passed on. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Map<NamedNode, Counts> counts = new ConcurrentHashMap<>();

    /** What went through one resequencer. Guarded by itself. */
    private static final class Counts {
        private final long patience;
        private int taken;
        private int passedOn;
        private int inSteps;
        private long last;

        Counts(long patience) {
            this.patience = patience;
        }

        synchronized void taken() {
            taken++;
            last = System.nanoTime();
        }

        synchronized void passedOn() {
            passedOn++;
        }

        synchronized void begins() {
            inSteps++;
        }

        synchronized void ends() {
            inSteps--;
            last = System.nanoTime();
        }

        synchronized boolean busy() {
            long since = System.nanoTime() - last;
            return inSteps > 0 || taken > passedOn && since < patience || taken > 0 && since < BETWEEN.toNanos();
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        // The steps in it are made before it is.
        if (node instanceof ResequenceDefinition own) {
            Counts taking = counts(context, own);
            return taking == null
                    ? target
                    : new DelegateAsyncProcessor(target) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            taking.taken();
                            return super.process(exchange, callback);
                        }
                    };
        }
        if (!(node.getParent() instanceof ResequenceDefinition parent)) return target;
        Counts passing = counts(context, parent);
        if (passing == null) return target;
        boolean first = parent.getOutputs().getFirst() == node;
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                passing.begins();
                if (first) passing.passedOn();
                return super.process(exchange, done -> {
                    passing.ends();
                    callback.done(done);
                });
            }
        };
    }

    private @Nullable Counts counts(CamelContext context, ResequenceDefinition definition) {
        Long patience = patience(context, definition.getResequencerConfig());
        return patience == null ? null : counts.computeIfAbsent(definition, fresh -> new Counts(patience));
    }

    /** How long what is taken may be kept, in nanoseconds; null when nobody waits so long. */
    private static @Nullable Long patience(CamelContext context, @Nullable ResequencerConfig config) {
        String said = switch (config) {
            case BatchResequencerConfig batch -> batch.getBatchTimeout();
            case StreamResequencerConfig stream -> stream.getTimeout();
            case null, default -> null;
        };
        Duration duration = CamelContextHelper.parseDuration(context, said);
        long most = duration == null ? UNSAID_MILLIS : duration.toMillis();
        return most > SOON_MILLIS ? null : Duration.ofMillis(most).plus(LATE).toNanos();
    }

    @Override
    public boolean busy() {
        return counts.values().stream().anyMatch(Counts::busy);
    }

    @Override
    public int open() {
        return 0;
    }
}

package io.eventful.exchange;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/**
 * A consumer that Camel suspends before it stops the route: nothing comes in any more, while the steps still run and
 * complete what they hold, such as an aggregate.
 */
public abstract class SuspendableConsumer extends DefaultConsumer implements Suspendable {

    protected SuspendableConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Begins to take in; when the route starts or is resumed. */
    protected abstract void enter();

    /** Takes in nothing more; when the route is suspended or stopped, so perhaps twice. */
    protected abstract void leave();

    @Override
    protected final void doStart() throws Exception {
        super.doStart();
        enter();
    }

    @Override
    protected final void doStop() throws Exception {
        leave();
        super.doStop();
    }

    @Override
    protected final void doSuspend() throws Exception {
        leave();
        super.doSuspend();
    }

    @Override
    protected final void doResume() throws Exception {
        super.doResume();
        enter();
    }
}

package io.eventful.channel;

import java.util.function.Predicate;

/** A consumer with its subscription. */
final class RunningConsumption implements Channels.Consumption {

    private final Dispatcher dispatcher;
    private final Broker.Subscription subscription;
    private final Predicate<RunningConsumption> leave;

    /** @param leave takes it out of those that run; false when it was not there any more */
    RunningConsumption(Dispatcher dispatcher, Broker.Subscription subscription, Predicate<RunningConsumption> leave) {
        this.dispatcher = dispatcher;
        this.subscription = subscription;
        this.leave = leave;
    }

    @Override
    public void close() {
        if (!leave.test(this)) return;
        dispatcher.drain();
        subscription.close();
    }
}

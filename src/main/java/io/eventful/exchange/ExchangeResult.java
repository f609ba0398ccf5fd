package io.eventful.exchange;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/** How an exchange ended. */
public final class ExchangeResult {

    private ExchangeResult() {}

    /**
     * Why the route has not handled the exchange; null when it has. An exchange that is only marked for rollback
     * ({@code rollback: {markRollbackOnly: true}}) has no exception, and is not handled either.
     */
    public static @Nullable Throwable failure(Exchange exchange) {
        Throwable failure = exchange.getException();
        if (failure == null && exchange.isRollbackOnly())
            return new RuntimeCamelException("The exchange was rolled back");
        return failure;
    }
}

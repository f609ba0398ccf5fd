package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What a reason says: enough to mend it, and nothing of what was sent. */
class FailuresTextTest {

    @Test
    void missingRightsAreNamedWithWhatTheyAreAbout() {
        assertThat(Failures.reason(new GroupAuthorizationException("eventful.a@crm.orders")))
                .contains("eventful.a@crm.orders");
        assertThat(Failures.reason(new CompletionException(
                        new ActiveMQSecurityException("User: x does not have permission='CREATE_DURABLE_QUEUE'"))))
                .contains("CREATE_DURABLE_QUEUE");
    }

    @Test
    void whatMayQuoteABodyIsNamedByItsClassOnly() {
        assertThat(Failures.reason(new SerializationException("cannot read {\"ssn\":\"1\"}")))
                .isEqualTo("SerializationException");
    }
}

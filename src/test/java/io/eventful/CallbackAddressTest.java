package io.eventful;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.DeliverySettings;
import io.eventful.edge.EdgeSettings;
import io.eventful.subscription.SubscriptionPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Sinks that are asked for consent call back to the base of the links in events. */
class CallbackAddressTest {

    private static SubscriptionPolicy policy(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return new GatewayWiring()
                .subscriptionPolicy(
                        binder.bindOrCreate("eventful.delivery", DeliverySettings.class),
                        binder.bindOrCreate("eventful.edge", EdgeSettings.class));
    }

    @Test
    void itIsTheOneOfLinks() {
        assertThat(policy(Map.of()).publicUrl()).hasToString("http://localhost:8080");
        assertThat(policy(Map.of("eventful.edge.public-url", "HTTPS://api.example.com/gw/", "eventful.edge.port", "0"))
                        .publicUrl())
                .hasToString("https://api.example.com/gw");
        assertThat(policy(Map.of(
                                "eventful.edge.port",
                                "8443",
                                "eventful.edge.tls.certificate",
                                "cert.pem",
                                "eventful.edge.tls.key",
                                "key.pem"))
                        .publicUrl())
                .hasToString("https://localhost:8443");
    }

    @Test
    void thereIsNoneBeforeAFreePortIsTaken() {
        assertThat(policy(Map.of("eventful.edge.port", "0")).publicUrl()).isNull();
    }

    @Test
    void whatTheOperatorDecidedAboutSinksGoesAlong() {
        SubscriptionPolicy policy = policy(
                Map.of("eventful.delivery.consent", "required", "eventful.delivery.origin", "gateway.example.com"));
        assertThat(policy.consent()).isEqualTo(SubscriptionPolicy.Consent.REQUIRED);
        assertThat(policy.origin()).isEqualTo("gateway.example.com");
    }
}

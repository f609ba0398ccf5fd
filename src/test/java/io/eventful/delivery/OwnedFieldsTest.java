package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionRequest;
import io.eventful.subscription.TestSubscriptions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a subscriber adds never replaces what the gateway sets, even when it was stored under older rules. */
class OwnedFieldsTest {

    private static final List<String> OWNED = List.of(
            "Host",
            "Connection",
            "Keep-Alive",
            "Transfer-Encoding",
            "TE",
            "Trailer",
            "Upgrade",
            "HTTP2-Settings",
            "Expect",
            "Date",
            "User-Agent",
            "Accept-Encoding",
            "Via",
            "Proxy-Authorization",
            "Proxy-Connection",
            "WebHook-Signature",
            "ce-id",
            "Content-Length");

    private static Subscription subscription(Map<String, String> headers) {
        SubscriptionRequest plain = TestSubscriptions.request("{\"sink\":\"https://a.example\",\"protocol\":\"HTTP\"}");
        SubscriptionRequest request = new SubscriptionRequest(
                plain.sink(),
                plain.types(),
                plain.source(),
                plain.filters(),
                plain.filterDocument(),
                headers,
                plain.sinkCredential(),
                plain.config());
        Subscription.Secret secret = new Subscription.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Instant.MAX);
        return new Subscription("sub_1", request, Status.ACTIVE, List.of(secret), Instant.EPOCH, 0, 0);
    }

    @Test
    void noFieldOfTheGatewayComesFromASubscriber() {
        Map<String, String> headers = new LinkedHashMap<>();
        OWNED.forEach(name -> headers.put(name, "theirs"));
        headers.put("X-Tenant", "theirs");
        WebhookRequest request = new Requests("gateway.example", "test")
                .of(subscription(headers), new EventForm(Rig.event("/customers/1", 1)), Instant.EPOCH, null);
        assertThat(request.headers())
                .filteredOn(field -> field.value().toString().equals("theirs"))
                .extracting(field -> field.name().toString())
                .containsExactly("X-Tenant");
    }
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.SubscriptionSets.Result;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Documents of many subscriptions whose tokens their endpoints renew. */
class RenewedTokensTest extends RegistryFixture {

    private List<Result> load(SubscriptionRequests requests, String document) {
        return new SubscriptionSets(registry.subscriptions, requests)
                .load(document).stream().map(SubscriptionSets.Item::result).toList();
    }

    /** What an endpoint gives while the names of a document are looked up is no change that the document asks for. */
    @Test
    void tokensThatAreRenewedWhileADocumentIsReadStay() {
        String document = """
            subscriptions:
              crm:
                sink: https://crm.example.com/
                sinkcredential:
                  credentialtype: REFRESHTOKEN
                  accesstoken: t0
                  refreshtoken: r0
                  refreshtokenendpoint: https://login.example.com/token
            """;
        load(Samples.requests(), document);
        AtomicReference<JsonNode> renewed = new AtomicReference<>();
        SubscriptionRequests slow = new SubscriptionRequests(new SinkGuard(List.of()), host -> {
            if (host.equals("crm.example.com")) renewed.set(renew());
            return List.of();
        });
        assertThat(load(slow, document)).containsExactly(Result.UNCHANGED);
        assertThat(crm().sinkCredential()).isEqualTo(renewed.get());
        assertThat(load(slow, document.replace("crm.example.com/", "crm.example.com/other")))
                .containsExactly(Result.UPDATED);
        assertThat(crm().sinkCredential()).isEqualTo(renewed.get());
    }

    private SubscriptionRequest crm() {
        return registry.subscriptions.named("crm").orElseThrow().request();
    }

    private JsonNode renew() {
        JsonNode before = crm().sinkCredential();
        String next = before.path("refreshtoken").asText() + "+";
        JsonNode after = RefreshTokens.renewed(before, "t1", Samples.TIME, next);
        registry.subscriptions.renew(
                registry.subscriptions.named("crm").orElseThrow().id(), before, after);
        return after;
    }
}

package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A receipt whose route rolls back is not handled: its sender was told that it is kept, and does not send it again. */
class RolledBackReceiptsTest extends HouseFixture {

    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    @Test
    void aReceiptThatIsMarkedForRollbackIsTriedAgain() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("webhook-in", new WebhookInComponent(house.receipts));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("webhook-in:/in?provider=bearer&secret=s&delivery=X-Id")
                            .routeId("in")
                            .process(exchange -> exchanges.add(exchange.copy()))
                            .markRollbackOnly();
                }
            });
            context.start();
            assertThat(house.post("/in", "{}", "Authorization", "Bearer s", "X-Id", "a")
                            .statusCode())
                    .isEqualTo(200);
            await().untilAsserted(() -> assertThat(exchanges).hasSizeGreaterThan(1));
        }
        Change change = house.only();
        assertThat(exchanges).allSatisfy(exchange -> {
            assertThat(exchange.getIn().getHeader(ChangeExchange.SUBJECT))
                    .isEqualTo(change.item().subject());
            assertThat(exchange.getIn().getHeader(ChangeExchange.ACTION)).isEqualTo("received");
            assertThat(exchange.getIn().getHeader(ChangeExchange.POSITION)).isEqualTo(change.position());
            assertThat(exchange.getProperty(ChangeExchange.ROUTE)).isEqualTo("in");
        });
    }
}

package io.eventful.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventful.catalog.Catalog.Action;
import io.eventful.catalog.Catalog.Channel;
import io.eventful.catalog.Catalog.Message;
import io.eventful.catalog.Catalog.Operation;
import io.eventful.catalog.Catalog.Server;
import io.eventful.catalog.Catalog.Transport;
import io.eventful.event.Rendering;
import io.eventful.harness.AsyncApiSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static final List<Server> SERVERS = List.of(
            new Server("artemis", "127.0.0.1:61616", "jms", "embedded"),
            new Server("kafka", "kafka:9092", "kafka", "cluster"),
            new Server("subscribers", "{sink}", "https", "sinks"));

    private static Catalog catalog() {
        Set<Message> all = new LinkedHashSet<>();
        for (String rendering : Rendering.ALL.keySet()) all.add(new Message("customer.created", rendering));
        all.add(new Message("*.deleted", "state"));
        all.add(new Message("github.*", ""));
        all.add(new Message("*", ""));
        all.add(new Message("order.größer machen", "change"));
        return new Catalog(
                "1.2.3",
                7,
                SERVERS,
                List.of(
                        channel("customers", "crm.customers", Transport.KAFKA, "kafka", all),
                        channel("orders", "orders", Transport.ARTEMIS, "artemis", all),
                        channel("customers.webhooks", null, Transport.WEBHOOK, "subscribers", all)));
    }

    private static Channel channel(String name, String address, Transport transport, String server, Set<Message> all) {
        return new Channel(
                name,
                address,
                transport,
                List.of(server),
                List.of(
                        new Operation("publish." + name, Action.SEND, "s"),
                        new Operation("consume." + name, Action.RECEIVE, "r")),
                all);
    }

    @Test
    void itIsADocumentOfAsyncApi() {
        ObjectNode document = AsyncApi.document(catalog());
        assertThat(AsyncApiSchema.errors(document)).isEmpty();
        document.withObject("/operations").putObject("wrong").put("action", "shout");
        assertThat(AsyncApiSchema.errors(document)).isNotEmpty();
        assertThat(AsyncApiSchema.errors(AsyncApi.document(new Catalog("1", 0, List.of(), List.of()))))
                .isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = AsyncApi.document(catalog());
        assertThat(document.findValuesAsText("$ref"))
                .hasSizeGreaterThan(50)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void attributesAreWhereTheTransportPutsThem() {
        JsonNode messages = AsyncApi.document(catalog()).at("/components/messages");
        assertThat(messages.at("/kafka.customer.created.state/headers/properties/ce_type/const")
                        .asText())
                .isEqualTo("customer.created");
        assertThat(messages.at(
                                "/artemis.customer.created.state-eventbridge/headers/properties/cloudEvents_pattern/const")
                        .asText())
                .isEqualTo("state");
        JsonNode webhook = messages.at("/webhook.any.deleted.state/headers/properties");
        assertThat("customer.deleted").matches(webhook.at("/ce-type/pattern").asText());
        assertThat("customer.created")
                .doesNotMatch(webhook.at("/ce-type/pattern").asText());
        assertThat(webhook.has("webhook-signature")).isTrue();
        assertThat("github.issues")
                .matches(messages.at("/kafka.github.any/headers/properties/ce_type/pattern")
                        .asText());
    }

    @Test
    void payloadsKeepTheirMeaningWhereTheyStand() {
        ObjectNode document = AsyncApi.document(catalog());
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#/components/schemas/change/schema");
        var change = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        ObjectNode data = document.objectNode();
        data.put("action", "created")
                .putArray("patch")
                .addObject()
                .put("op", "replace")
                .put("path", "no pointer");
        assertThat(change.validate(data).toString()).contains("/patch/0");
    }
}

package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.channel.InProcessBroker;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.DeliveryRecord;
import io.eventful.event.HeaderEncoding;
import io.eventful.event.Json;
import io.eventful.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The deliveries of a test, as their subscribers have seen them and as the gateway has them, and its dead letters. */
final class ObservedDeliveries {

    private static final int MOST = 1_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Rig rig;

    ObservedDeliveries(Rig rig) {
        this.rig = rig;
    }

    /** In the order of their first attempts; those that were never tried come last, oldest first. */
    List<JsonNode> all() {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        for (Subscribers.Attempt each : rig.standIns().subscribers().attempts()) {
            StubRequest request = each.request();
            JsonNode event = event(request);
            ObjectNode delivery = found.computeIfAbsent(each.subscriber() + " " + request.header("webhook-id"), id -> {
                ObjectNode made = JSON.objectNode().put("subscriber", each.subscriber());
                made.put("type", event.path("type").asText())
                        .put("subject", event.path("subject").asText());
                made.putArray("attempts");
                return made;
            });
            int status = each.reply().status();
            boolean answered = each.reply().failure() == StubReply.Failure.NONE;
            delivery.put("state", answered && status / 100 == 2 ? "delivered" : "failed");
            ObjectNode attempt = delivery.withArray("/attempts").addObject();
            attempt.put("at", Durations.write(each.at()));
            if (answered) attempt.put("status", status);
            ObjectNode headers = attempt.putObject("headers");
            request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            Json.tryParse(request.body()).ifPresent(body -> attempt.set("json", body));
            attempt.put("body", new String(request.body(), StandardCharsets.UTF_8));
        }
        records().forEach(record -> complete(found, record));
        return new ArrayList<>(found.values());
    }

    /** Binary mode has the attributes in header fields, structured mode in the body. */
    private static JsonNode event(StubRequest request) {
        if (!request.header("ce-type").isEmpty())
            return JSON.objectNode()
                    .put("type", HeaderEncoding.decode(request.header("ce-type")))
                    .put("subject", HeaderEncoding.decode(request.header("ce-subject")));
        return Json.tryParse(request.body()).orElseGet(JSON::objectNode);
    }

    private List<DeliveryRecord> records() {
        List<DeliveryRecord> all = new ArrayList<>(
                rig.bean(Deliveries.class).list(null, null, null, MOST).items());
        return all.reversed();
    }

    /** Not by {@code webhook-id}: of an event of somebody else that is a hash. */
    private static boolean isOf(JsonNode delivery, DeliveryRecord record) {
        JsonNode attempt = delivery.path("attempts").path(0);
        String id = attempt.path("headers").path("ce-id").asText();
        return record.event()
                        .equals(id.isEmpty() ? attempt.path("json").path("id").asText() : HeaderEncoding.decode(id))
                && record.type().equals(delivery.path("type").asText());
    }

    /** What the gateway knows of a delivery that it has a row of. */
    private void complete(Map<String, ObjectNode> found, DeliveryRecord record) {
        String name = rig.standIns().subscribers().ids().getOrDefault(record.subscription(), "");
        ObjectNode delivery = found.values().stream()
                .filter(each -> each.path("subscriber").asText().equals(name) && isOf(each, record))
                .findFirst()
                .orElseGet(() -> {
                    ObjectNode made = JSON.objectNode().put("subscriber", name).put("type", record.type());
                    made.put("subject", record.subject()).putArray("attempts");
                    found.put(name + " " + record.event(), made);
                    return made;
                });
        delivery.put("channel", record.channel());
        delivery.put("state", record.state().name().toLowerCase(Locale.ROOT));
        if (!record.reason().isEmpty()) delivery.put("reason", record.reason());
        rig.bean(Deliveries.class)
                .find(record.id())
                .ifPresent(whole -> whole.log().forEach(attempt -> {
                    if (delivery.path("attempts").path(attempt.number() - 1) instanceof ObjectNode seen)
                        seen.put("reason", attempt.reason());
                }));
    }

    /** Changes that a route gave up, events that a channel's consumer gave up, deliveries that were given up. */
    List<JsonNode> deadLetters() {
        List<JsonNode> dead = new ArrayList<>();
        rig.bean(Ledger.class)
                .relayed()
                .parked("")
                .forEach(parked -> dead.add(JSON.objectNode()
                        .put("kind", "change")
                        .put("route", parked.route())
                        .put("subject", parked.item().subject())
                        .put("position", parked.position())
                        .put("attempts", parked.attempts())
                        .put("reason", parked.reason())));
        for (InProcessBroker.DeadLetter each : rig.broker().dead())
            dead.add(JSON.objectNode()
                    .put("kind", "event")
                    .put("channel", each.channel())
                    .put("route", each.consumer())
                    .put("type", each.event().type())
                    .put("subject", each.event().subject())
                    .put("attempts", each.attempts())
                    .put("reason", each.reason()));
        for (DeliveryRecord each : records())
            if (each.state() == DeliveryRecord.State.DEAD)
                dead.add(JSON.objectNode()
                        .put("kind", "delivery")
                        .put("subscriber", rig.standIns().subscribers().ids().getOrDefault(each.subscription(), ""))
                        .put("channel", each.channel())
                        .put("type", each.type())
                        .put("subject", each.subject())
                        .put("attempts", each.attempts())
                        .put("reason", each.reason()));
        return dead;
    }
}

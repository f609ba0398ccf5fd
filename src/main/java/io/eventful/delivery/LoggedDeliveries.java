package io.eventful.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.delivery.DeliveredRows.Delivered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries that succeeded at once as one text: JSON, an array of values for each, so that SQL can read it as well. */
final class LoggedDeliveries {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_SIZE = 256;

    private LoggedDeliveries() {}

    static byte[] write(List<Delivered> all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(all.size() * USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (Delivered one : all) write(json, one);
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Delivered one) throws IOException {
        Delivery delivery = one.delivery();
        AttemptRecord attempt = one.attempt();
        Timing timing = attempt.timing();
        json.writeStartArray();
        json.writeString(delivery.id());
        json.writeString(delivery.subscription());
        json.writeString(delivery.channel());
        json.writeString(delivery.eventId());
        json.writeString(delivery.eventType());
        json.writeString(delivery.subject());
        json.writeNumber(delivery.position());
        json.writeNumber(delivery.created().toEpochMilli());
        json.writeNumber(one.finished().toEpochMilli());
        json.writeString(one.standing().reason());
        json.writeNumber(attempt.time().toEpochMilli());
        json.writeNumber(timing.total());
        json.writeNumber(timing.dns());
        json.writeNumber(timing.connect());
        json.writeNumber(timing.tls());
        json.writeNumber(timing.firstByte());
        if (attempt.status() == null) json.writeNull();
        else json.writeNumber(attempt.status());
        json.writeString(attempt.head());
        json.writeEndArray();
    }

    static List<Delivered> read(byte[] bytes) {
        List<Delivered> all = new ArrayList<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                all.add(read(json));
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    // A later version may write more.
                }
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("a block of logged deliveries cannot be read", damaged);
        }
        return all;
    }

    private static Delivered read(JsonParser json) throws IOException {
        String id = known(json);
        Delivery delivery = new Delivery(
                id,
                known(json),
                known(json),
                "",
                known(json),
                known(json),
                text(json),
                id,
                0,
                json.nextLongValue(0),
                null,
                Instant.ofEpochMilli(json.nextLongValue(0)));
        Standing standing = Standing.delivered(1, 0, Instant.ofEpochMilli(json.nextLongValue(0)), known(json));
        Instant time = Instant.ofEpochMilli(json.nextLongValue(0));
        Timing timing = new Timing(
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0));
        Integer status = json.nextToken() == JsonToken.VALUE_NULL ? null : json.getIntValue();
        return new Delivered(
                delivery, standing, new AttemptRecord(1, time, timing, status, text(json), "status-" + status));
    }

    private static @Nullable String text(JsonParser json) throws IOException {
        return json.nextTextValue();
    }

    private static String known(JsonParser json) throws IOException {
        String text = json.nextTextValue();
        return text == null ? "" : text;
    }
}

package io.eventful.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.v1.CloudEventV1;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** To and from the CloudEvents SDK, which knows nothing of our own reader and writer. */
final class CloudEvents {

    private CloudEvents() {}

    /** Fails with {@link IllegalArgumentException} when source or schema are no URI references. */
    static CloudEvent toSdk(Event event) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(URI.create(event.source()))
                .withType(event.type());
        if (event.subject() != null) builder.withSubject(event.subject());
        if (event.time() != null) builder.withTime(OffsetDateTime.ofInstant(event.time(), ZoneOffset.UTC));
        if (event.datacontenttype() != null) builder.withDataContentType(event.datacontenttype());
        if (event.dataschema() != null) builder.withDataSchema(URI.create(event.dataschema()));
        event.extensions().forEach(builder::withExtension);
        if (event.data().length > 0) builder.withData(event.data());
        return builder.build();
    }

    /** An event of spec version 1.0; fails with {@link IllegalArgumentException} for another one. */
    static Event fromSdk(CloudEvent event) {
        if (event.getSpecVersion() != SpecVersion.V1) throw new IllegalArgumentException("not a CloudEvents 1.0 event");
        SortedMap<String, String> extensions = new TreeMap<>();
        for (String name : event.getExtensionNames()) {
            Object value = event.getExtension(name);
            if (value != null) extensions.put(name, text(value));
        }
        CloudEventData data = event.getData();
        OffsetDateTime time = event.getTime();
        return new Event(
                event.getId(),
                event.getSource().toString(),
                event.getType(),
                event.getSubject(),
                time == null ? null : time.toInstant(),
                event.getDataContentType(),
                text(CloudEventV1.DATASCHEMA, event),
                extensions,
                data == null ? new byte[0] : data.toBytes());
    }

    private static @Nullable String text(String name, CloudEvent event) {
        Object value = event.getAttribute(name);
        return value == null ? null : text(value);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }
}

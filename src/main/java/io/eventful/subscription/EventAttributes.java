package io.eventful.subscription;

import io.eventful.event.Event;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event's attributes for the CloudEvents SDK. */
record EventAttributes(Event event) implements ContextAttributes {

    @Override
    public String getId() {
        return event.id();
    }

    @Override
    public String getType() {
        return event.type();
    }

    @Override
    public URI getSource() {
        return URI.create(event.source());
    }

    @Override
    public @Nullable String getDataContentType() {
        return event.datacontenttype();
    }

    @Override
    public @Nullable URI getDataSchema() {
        String schema = event.dataschema();
        return schema == null ? null : URI.create(schema);
    }

    @Override
    public @Nullable String getSubject() {
        return event.subject();
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        return event.time() == null ? null : event.time().atOffset(ZoneOffset.UTC);
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return event.extensions().get(name);
    }

    @Override
    public Set<String> getExtensionNames() {
        return event.extensions().keySet();
    }
}

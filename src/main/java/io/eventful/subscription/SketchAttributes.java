package io.eventful.subscription;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The known attributes of an event for the CloudEvents SDK, and whether an unknown one was asked for. Used once. */
final class SketchAttributes implements ContextAttributes {

    private final EventSketch event;
    private boolean guessed;

    SketchAttributes(EventSketch event) {
        this.event = event;
    }

    /** True if an answer was given without knowing. */
    boolean isGuessed() {
        return guessed;
    }

    private @Nullable String value(String name) {
        String value = event.value(name);
        if (value == null) guessed = true;
        return value;
    }

    private String text(String name) {
        String value = value(name);
        return value == null ? "" : value;
    }

    @Override
    public String getId() {
        return text("id");
    }

    @Override
    public String getType() {
        return text("type");
    }

    @Override
    public URI getSource() {
        return URI.create(text("source"));
    }

    @Override
    public @Nullable String getDataContentType() {
        return value("datacontenttype");
    }

    @Override
    public @Nullable URI getDataSchema() {
        guessed = true;
        return null;
    }

    @Override
    public @Nullable String getSubject() {
        return value("subject");
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        guessed = true;
        return null;
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return value(name);
    }

    /** Asked for when an extension is looked for; others than the known ones may be there. */
    @Override
    public Set<String> getExtensionNames() {
        guessed = true;
        return event.attributes().keySet();
    }
}

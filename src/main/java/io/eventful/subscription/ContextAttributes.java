package io.eventful.subscription;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import org.jspecify.annotations.Nullable;

/** Attributes of a CloudEvent 1.0 for the SDK; the payload is out of CESQL's reach. */
interface ContextAttributes extends CloudEvent {

    @Override
    default @Nullable CloudEventData getData() {
        return null;
    }

    @Override
    default SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    default @Nullable Object getAttribute(String name) {
        return switch (name) {
            case "specversion" -> getSpecVersion();
            case "id" -> getId();
            case "source" -> getSource();
            case "type" -> getType();
            case "datacontenttype" -> getDataContentType();
            case "dataschema" -> getDataSchema();
            case "subject" -> getSubject();
            case "time" -> getTime();
            default -> throw new IllegalArgumentException("not a context attribute: " + name);
        };
    }
}

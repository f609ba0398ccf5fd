package io.eventful.receive;

import io.eventful.edge.Fields;

/** Reads what a provider's requests say: names of deliveries and events, and the payload as JSON. */
interface Reader {

    /** Whether bodies of a media type are taken. */
    boolean takes(MediaType type);

    /** Reads a genuine request. Fails with {@link io.eventful.event.JsonFormatException} when its JSON is none. */
    Reading read(Fields fields, byte[] body);
}

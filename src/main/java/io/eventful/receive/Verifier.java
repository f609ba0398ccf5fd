package io.eventful.receive;

import io.eventful.edge.Fields;
import java.time.Instant;

/** Decides whether a request is genuine, by its fields and the bytes of its body as they were sent. */
interface Verifier {

    /** What the fields alone show, before any of the body is read: genuine means that nothing speaks against it yet. */
    Verdict screen(Fields fields, Instant now);

    /** The decision. */
    Verdict verify(Fields fields, byte[] body, Instant now);
}

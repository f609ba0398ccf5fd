package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.io.IOException;
import java.io.OutputStream;

/** JSON lines. */
final class Lines {

    private Lines() {}

    static void write(OutputStream out, JsonNode line) throws IOException {
        out.write(Json.bytes(line));
        out.write('\n');
    }
}

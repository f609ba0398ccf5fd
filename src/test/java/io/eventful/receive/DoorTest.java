package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorTest {

    /** The path of a request is as it was sent where nothing had to be escaped by rule. */
    @Test
    void aPathMayBeWrittenWithoutItsEscapes() {
        for (String path : new String[] {"/in/%C3%BC", "/in/ü"}) {
            RequestHead head = new RequestHead("POST", path, path, "", Fields.NONE, "localhost", "http", "127.0.0.1");
            assertThat(Door.at(Map.of("/in/%C3%BC", "door"), head)).as(path).isEqualTo("door");
        }
    }
}

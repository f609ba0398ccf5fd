package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    /** Otherwise, the difference would show nothing that differs. */
    @Test
    void whatIsTooMuchIsShownWhateverItsName() {
        Yam expected = YamReader.read("a.test.yaml", "{data: {id: 1, \"x/y\": {}}}", new ArrayList<>())
                .orElseThrow();
        JsonNode actual = Json.parse("{\"data\":{\"id\":1,\"x/y\":{\"n\":1},\"a/b~\":2},\"other\":3}");
        List<Mismatch> mismatches = Comparison.of(expected, actual, Comparison.Mode.EXACTLY, Set.of("/other"));
        assertThat(mismatches).extracting(Mismatch::pointer).containsExactly("/data/x~1y/n", "/data/a~1b~0");
        assertThat(Envelope.shown(expected.json(), actual, mismatches))
                .isEqualTo(Json.parse("{\"data\":{\"id\":1,\"x/y\":{\"n\":1},\"a/b~\":2}}"));
    }
}

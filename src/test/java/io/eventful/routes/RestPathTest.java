package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RestPathTest {

    @Test
    void aPathMatchesHoweverItsLettersAreEscaped() {
        for (String written : new String[] {"/grüße/{name}", "/gr%c3%bc%C3%9Fe/{name}"})
            for (String called : new String[] {"/grüße/ä+b", "/gr%C3%BC%C3%9Fe/%C3%A4+b"})
                assertThat(new RestPath(written).match(called)).as(called).contains(Map.of("name", "ä+b"));
        assertThat(new RestPath("/grüße/{name}").match("/gruesse/a")).isEmpty();
        assertThat(new RestPath("/")).hasToString("/");
    }
}

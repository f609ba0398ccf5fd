package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What kept route files from being used is told apart from what is only worth a look. */
class RouteWarningsTest {

    private static final String SOUND = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:never-read"}
        """;
    private static final String FAULTY = SOUND + """
        - route:
            id: customers
            from:
              uri: direct:again
              steps: []
        """;

    @RegisterExtension
    static final AdminRig rig = new AdminRig(SOUND);

    private static JsonNode lastReload() {
        return rig.gateway.admin("GET", "/api/routes", "").path("lastReload");
    }

    @Test
    void warningsOfALoadThatSucceededAreNoProblems() throws Exception {
        assertThat(lastReload().path("result").asText()).isEqualTo("loaded");
        assertThat(lastReload().path("problems")).isEmpty();
        assertThat(lastReload().path("warnings").findValuesAsText("rule")).containsExactly("channel-never-read");

        assertThat(rig.console.get("/console").body()).contains("1 warning<").doesNotContain("problem");
        assertThat(rig.console.get("/console/routes").body())
                .contains("Warnings</h2>", "channel-never-read")
                .doesNotContain("Errors: the files were not loaded");

        Files.writeString(rig.routes, FAULTY);
        await().until(() -> lastReload().path("result").asText().equals("refused"));
        assertThat(lastReload().path("problems").findValuesAsText("rule")).containsExactly("duplicate-route-id");
        assertThat(lastReload().path("problems").findValuesAsText("severity")).containsOnly("error");
        assertThat(lastReload().path("warnings").findValuesAsText("severity")).containsOnly("warning");
        assertThat(rig.console.get("/console/routes").body())
                .contains("Errors: the files were not loaded", "Warnings</h2>");

        assertThat(rig.console.get("/console").body())
                .contains("was <span>refused</span>")
                .as("a screen reader would read it again whenever the page refreshes itself")
                .doesNotContain("role=\"alert\"");

        Files.writeString(rig.routes, SOUND);
        await().until(() -> lastReload().path("result").asText().equals("loaded"));
        assertThat(lastReload().path("problems")).isEmpty();
    }

    @Test
    void aCheckTellsThemApartToo() {
        JsonNode sound = rig.gateway.admin("POST", "/api/routes/check", set(SOUND));
        assertThat(sound.path("result").asText()).isEqualTo("ok");
        assertThat(sound.path("problems")).isEmpty();
        assertThat(sound.path("warnings").findValuesAsText("rule")).containsExactly("channel-never-read");
        JsonNode faulty = rig.gateway.admin("POST", "/api/routes/check", set(FAULTY));
        assertThat(faulty.path("result").asText()).isEqualTo("refused");
        assertThat(faulty.path("problems").findValuesAsText("rule")).containsExactly("duplicate-route-id");
    }

    private static String set(String text) {
        return "{\"customers.yaml\":\"" + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
    }
}

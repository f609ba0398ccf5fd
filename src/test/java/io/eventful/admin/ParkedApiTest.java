package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.eventful.capture.ParkedRoute;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ParkedApiTest {

    @TempDir
    Path folder;

    private ParkedRoute route;
    private MockMvc mvc;

    @BeforeEach
    void start() throws Exception {
        route = new ParkedRoute(folder);
        mvc = MockMvcBuilders.standaloneSetup(new ParkedApi(route.ledger(), route.captures()))
                .setControllerAdvice(new AdminErrors())
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        route.close();
    }

    @Test
    void parkedChangesAreListedPageByPage() throws Exception {
        mvc.perform(get("/api/routes/customers/parked?limit=3"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(3))
                .andExpect(jsonPath("$.items[0].position").value("1"))
                .andExpect(jsonPath("$.items[0].subject").value("/customers/1"))
                .andExpect(jsonPath("$.items[0].reason").value("IllegalStateException: not now"))
                .andExpect(jsonPath("$.items[0].attempts").value(3))
                .andExpect(jsonPath("$.items[2].attempts").value(0))
                .andExpect(jsonPath("$.next").value("3"));
        mvc.perform(get("/api/routes/customers/parked?limit=3&after=3"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.next").isEmpty());
    }

    @Test
    void aMendedSubjectIsReleasedAndTheOtherStays() throws Exception {
        route.mend();
        retry("{\"subject\":\"/customers/2\"}");
        await().untilAsserted(() -> mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[*].subject")
                        .value(org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.equalTo("/customers/1")))));
        retry("{}");
        await().untilAsserted(() -> mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(0)));
    }

    private void retry(String body) throws Exception {
        mvc.perform(post("/api/routes/customers/parked/retry")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isAccepted());
    }

    @Test
    void aChangeThatIsGivenUpIsRecordedAndThoseBehindItAreTried() throws Exception {
        route.mendAllBut(1);
        retry("{}");
        await().untilAsserted(() -> mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(jsonPath("$.items[*].position").value(contains("1", "3")))
                // The retry has failed, too.
                .andExpect(jsonPath("$.items[0].attempts").value(4)));
        skip("{\"position\":\"1\",\"note\":\"a test of the importer\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.subject").value("/customers/1"))
                .andExpect(jsonPath("$.attempts").value(4));
        await().untilAsserted(() -> mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(jsonPath("$.items.length()").value(0)));
        mvc.perform(get("/api/routes/customers/skipped"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].position").value("1"))
                .andExpect(jsonPath("$.items[0].reason").value("IllegalStateException: not now"))
                .andExpect(jsonPath("$.items[0].note").value("a test of the importer"))
                .andExpect(jsonPath("$.items[0].skippedAt").isNotEmpty());
        skip("{\"position\":1}").andExpect(status().isNotFound());
    }

    @Test
    void whatARouteThatIsGoneHasParkedCanBeGivenUp() throws Exception {
        route.stop();
        skip("{\"position\":3}").andExpect(status().isOk());
        mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(jsonPath("$.items[*].position").value(contains("1", "2", "4")));
    }

    @Test
    void whatARouteThatIsGoneHasParkedIsShownAndNotTriedAndItIsSaidWhy() throws Exception {
        route.stop();
        mvc.perform(post("/api/routes/customers/parked/retry"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.title").value("Route not running"));
        assertThat(new RouteLags(route.captures(), route.ledger()).all())
                .containsExactly(new RouteLags.Lag("customers", 0, 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/position",
                "{\"position\":\"all\"}|/position",
                "{\"position\":true}|/position",
                "{\"position\":1.0}|/position",
                "{\"position\":1,\"note\":7}|/note",
                "{\"position\":1,\"reason\":\"none\"}|/reason"
            })
    void aWishThatIsNoneIsToldWhereItIsWrong(String body, String pointer) throws Exception {
        skip(body)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer));
        mvc.perform(get("/api/routes/customers/parked"))
                .andExpect(jsonPath("$.items.length()").value(4));
    }

    @Test
    void aSubjectToRetryIsText() throws Exception {
        mvc.perform(post("/api/routes/customers/parked/retry")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"subject\":1}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].pointer").value("/subject"));
    }

    private ResultActions skip(String body) throws Exception {
        return mvc.perform(post("/api/routes/customers/parked/skip")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    @Test
    void anUnknownRouteIsNotFound() throws Exception {
        mvc.perform(get("/api/routes/none/parked")).andExpect(status().isNotFound());
        mvc.perform(post("/api/routes/none/parked/retry")).andExpect(status().isNotFound());
        mvc.perform(get("/api/routes/customers/parked?limit=0")).andExpect(status().isBadRequest());
    }
}

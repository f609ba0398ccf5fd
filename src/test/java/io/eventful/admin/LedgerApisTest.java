package io.eventful.admin;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Settlement;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class LedgerApisTest {

    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path folder;

    private TestLedgers ledgers;
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private MockMvc mvc;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.fixed(START, ZoneOffset.UTC));
        mvc = MockMvcBuilders.standaloneSetup(
                        new ChangesApi(ledgers.ledger(), ledgers.history()),
                        new ResolutionApi(ledgers.ledger()),
                        new StateApi(ledgers.ledger(), ledgers.history()),
                        new ReversalApi(
                                ledgers.ledger(), ledgers.reversals(), beans.getBeanProvider(Compensation.class)))
                .setControllerAdvice(new AdminErrors())
                .build();
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    private Change append(String scope, String subject, String action, Image before, Image after) {
        Item item = new Item("/upstreams/default", scope, subject);
        IntentDraft draft = new IntentDraft(
                item,
                "customer",
                action,
                START,
                "default",
                before,
                null,
                new RequestRecord("PUT", subject, Map.of(), 0, ""),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
        return ledgers.ledger()
                .append(
                        draft,
                        new Settlement.Applied(
                                Change.Outcome.CONFIRMED,
                                item,
                                action,
                                before,
                                after,
                                Change.Order.LANE,
                                new ResponseRecord(200, Map.of(), 0, ""),
                                null))
                .join()
                .orElseThrow();
    }

    private void threeRevisions() {
        append("", "/customers/42", "created", new Image.Absent(), known("{\"sum\":1.10}"));
        append("", "/customers/42", "updated", known("{\"sum\":1.10}"), known("{\"sum\":1e5}"));
        append("", "/customers/42", "deleted", known("{\"sum\":1e5}"), new Image.Absent());
    }

    @Test
    void aSubjectIsFoundWithItsEscapesDecodedOrASlashAtItsEnd() throws Exception {
        append("", "/customers/%C3%A4", "created", new Image.Absent(), known("{\"n\":1}"));
        for (String subject : new String[] {"/customers/%C3%A4", "/customers/\u00e4", "/customers/%c3%a4/"}) {
            mvc.perform(get("/api/state").param("subject", subject))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.subject").value("/customers/%C3%A4"));
            mvc.perform(get("/api/changes").param("subject", subject))
                    .andExpect(jsonPath("$.items.length()").value(1));
        }
    }

    private ResultActions reverse(long position, String body) throws Exception {
        MvcResult result = mvc.perform(post("/api/changes/{position}/reversal", position)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn();
        if (!result.getRequest().isAsyncStarted())
            return mvc.perform(post("/api/changes/{position}/reversal", position)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(body));
        return mvc.perform(asyncDispatch(result));
    }

    @Test
    void changesAreListedOldestFirstAndPagedByPosition() throws Exception {
        threeRevisions();
        mvc.perform(get("/api/changes?limit=2"))
                .andExpect(status().isOk())
                .andExpect(content().contentType(MediaType.APPLICATION_JSON))
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[1].position").value(2))
                .andExpect(jsonPath("$.items[1].patch[0].op").value("replace"))
                .andExpect(content().string(containsString("\"sum\":1.10")))
                .andExpect(jsonPath("$.next").value("2"));
        mvc.perform(get("/api/changes?limit=2&after=2"))
                .andExpect(jsonPath("$.items[0].action").value("deleted"))
                .andExpect(jsonPath("$.next").value((Object) null));
        mvc.perform(get("/api/changes?subject=/customers/43"))
                .andExpect(jsonPath("$.items.length()").value(0));
        mvc.perform(get("/api/changes?after=&limit=&resource=&subject=&outcome="))
                .andExpect(jsonPath("$.items.length()").value(3));
        mvc.perform(get("/api/changes/2")).andExpect(jsonPath("$.revision").value(2));
        mvc.perform(get("/api/changes/9")).andExpect(status().isNotFound());
        for (String wrong : new String[] {"after=x", "after=-1", "limit=0", "limit=1001"})
            mvc.perform(get("/api/changes?" + wrong)).andExpect(status().isBadRequest());
    }

    @Test
    void aBodyThatCannotBeReadIsToldWhatIsWrongWithIt() throws Exception {
        threeRevisions();
        reverse(2, "{\"apply\": \"perhaps\"}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail")
                        .value("The member \"apply\" of the body has a value that it cannot have."));
        reverse(2, "{\"apply\":\n tru}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("The body is not JSON, at line 2, column ")));
    }

    @Test
    void aStateIsReadAsOfNowARevisionOrATime() throws Exception {
        threeRevisions();
        mvc.perform(get("/api/state?subject=/customers/42"))
                .andExpect(jsonPath("$.revision").value(3))
                .andExpect(jsonPath("$.state").value((Object) null))
                .andExpect(jsonPath("$.image.status").value("absent"));
        mvc.perform(get("/api/state?subject=/customers/42&revision=2"))
                .andExpect(jsonPath("$.position").value(2))
                .andExpect(jsonPath("$.time").value(START.toString()))
                .andExpect(content().string(containsString("\"state\":{\"sum\":1e5}")));
        mvc.perform(get("/api/state").param("subject", "/customers/42").param("at", "2026-03-04T06:06:07+01:00"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state").param("subject", "/customers/42").param("at", "2026-03-04T06:06:07 01:00"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state?subject=/customers/42&at=9999-12-31T23:59:59Z"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state?subject=/customers/42&at=0001-01-01T00:00:00Z"))
                .andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&at=2026-03-04T05:06:06Z"))
                .andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&revision=4")).andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/7")).andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&at=yesterday")).andExpect(status().isBadRequest());
        mvc.perform(get("/api/state?subject=/customers/42&revision=1&at=2026-03-04T05:06:06Z"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void itemsOfSeveralScopesAreToldApart() throws Exception {
        append("a", "/orders/1", "created", new Image.Absent(), known("1"));
        append("b", "/orders/1", "created", new Image.Absent(), known("2"));
        mvc.perform(get("/api/state?subject=/orders/1")).andExpect(status().isUnprocessableEntity());
        mvc.perform(get("/api/state?subject=/orders/1&scope=b"))
                .andExpect(jsonPath("$.state").value(2));
    }

    @Test
    void aPreviewSaysWhatWouldBeDoneAndAppendsNothing() throws Exception {
        threeRevisions();
        reverse(3, "{\"apply\":false}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.method").value("PUT"))
                .andExpect(jsonPath("$.path").value("/customers/42"))
                .andExpect(jsonPath("$.patch").isArray())
                .andExpect(content().string(containsString("\"state\":{\"sum\":1e5}")));
        mvc.perform(get("/api/changes")).andExpect(jsonPath("$.items.length()").value(3));
    }

    @Test
    void whatHasMovedOnOrCannotComeBackIsSaidSo() throws Exception {
        threeRevisions();
        Change blind = append("", "/customers/7", "updated", new Image.Unknown("fetch-failed:403"), known("1"));
        reverse(1, "{\"apply\":true}")
                .andExpect(status().isConflict())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
        reverse(blind.position(), "{\"apply\":true}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.detail").value(containsString("fetch-failed:403")));
        reverse(99, "{}").andExpect(status().isNotFound());
    }

    @Test
    void applyingGoesThroughCaptureAndAnswersWithTheReversingChange() throws Exception {
        threeRevisions();
        reverse(3, "{\"apply\":true}").andExpect(status().isNotImplemented());
        Compensation compensation = change -> CompletableFuture.supplyAsync(() -> new Compensation.Result.Reversed(
                append("", "/customers/42", "reversed", change.after(), change.before())));
        beans.addBean("compensation", compensation);
        reverse(3, "{\"apply\":true}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/changes/4"))
                .andExpect(jsonPath("$.action").value("reversed"))
                .andExpect(jsonPath("$.revision").value(4));
    }

    @Test
    void aCompensationThatFailsIsAProblemOfTheUpstream() throws Exception {
        threeRevisions();
        beans.addBean("compensation", (Compensation)
                change -> CompletableFuture.supplyAsync(() -> new Compensation.Result.Failed("status 500")));
        reverse(3, "{\"apply\":true}").andExpect(status().isBadGateway());
    }
}

package io.eventful.admin;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.RecordedCall;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ResolutionApiTest {

    private static final Image OLD = new Image.Known(Json.parse("{\"n\":1.10}"));
    private static final Image NEW = new Image.Known(Json.parse("{\"n\":2}"));

    @TempDir
    Path folder;

    private TestLedgers ledgers;
    private MockMvc mvc;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
        mvc = MockMvcBuilders.standaloneSetup(
                        new ChangesApi(ledgers.ledger(), ledgers.history()),
                        new ResolutionApi(ledgers.ledger(), (create, subject) -> !subject.endsWith("/notes/1")))
                .setControllerAdvice(new AdminErrors())
                .build();
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private long append(String subject, String action, Image before, Image after, Change.Outcome outcome) {
        return append(RecordedCall.of(new Item("/upstreams/default", "", subject), action, before, after), outcome);
    }

    private long append(RecordedCall call, Change.Outcome outcome) {
        return (outcome == Change.Outcome.UNKNOWN ? call.unknown(null) : call)
                .in(ledgers)
                .position();
    }

    private long unknown(String subject, String action, Image before) {
        return append(subject, action, before, new Image.Unknown("no-credential"), Change.Outcome.UNKNOWN);
    }

    /** Of a POST, of which only the collection is known. */
    private long unnamed(String collection, String action) {
        Item item = new Item("/upstreams/default", "", collection);
        RecordedCall call = RecordedCall.of(item, action, new Image.Absent(), new Image.Unknown("no-reply"))
                .call("POST", collection, 201);
        return append(call, Change.Outcome.UNKNOWN);
    }

    private ResultActions resolve(long position, String body) throws Exception {
        MvcResult result = mvc.perform(
                        post("/api/changes/" + position + "/resolution").content(body))
                .andReturn();
        if (!result.getRequest().isAsyncStarted())
            return mvc.perform(post("/api/changes/" + position + "/resolution").content(body));
        result.getAsyncResult(TimeUnit.SECONDS.toMillis(10));
        return mvc.perform(asyncDispatch(result));
    }

    @Test
    void aConfirmedUpdateIsToldWithTheStateOfTheOperator() throws Exception {
        long position = unknown("/customers/1", "updated", OLD);
        resolve(position, "{\"outcome\":\"confirmed\",\"state\":{\"n\":1.20}}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.action").value("updated"))
                .andExpect(jsonPath("$.outcome").value("confirmed"))
                .andExpect(jsonPath("$.revision").value(2))
                .andExpect(jsonPath("$.reason").value("resolved:confirmed"))
                .andExpect(jsonPath("$.causationid").value(Long.toString(position)))
                .andExpect(content().string(Matchers.containsString("\"after\":{\"n\":1.20}")));
        mvc.perform(get("/api/changes?outcome=unknown"))
                .andExpect(jsonPath("$.items.length()").value(0));
        mvc.perform(get("/api/changes/" + position))
                .andExpect(jsonPath("$.outcome").value("unknown"));
        resolve(position, "{\"outcome\":\"refuted\"}").andExpect(status().isConflict());
    }

    @Test
    void aRefutedCallLeadsBackToTheStateBefore() throws Exception {
        resolve(unknown("/customers/1", "deleted", OLD), "{\"outcome\":\"refuted\"}")
                .andExpect(jsonPath("$.action").value("created"))
                .andExpect(content().string(Matchers.containsString("\"after\":{\"n\":1.10}")));
        resolve(unknown("/customers/2", "updated", OLD), "{\"outcome\":\"refuted\"}")
                .andExpect(jsonPath("$.action").value("updated"))
                .andExpect(jsonPath("$.reason").value("resolved:refuted"));
        resolve(unnamed("/customers", "created"), "{\"outcome\":\"refuted\"}")
                .andExpect(jsonPath("$.action").value("deleted"))
                .andExpect(jsonPath("$.after").isEmpty());
    }

    @Test
    void aConfirmedCreateMayNameItsItem() throws Exception {
        long position = unnamed("/customers", "created");
        resolve(position, "{\"outcome\":\"confirmed\",\"subject\":\"/orders/1\"}")
                .andExpect(status().isUnprocessableEntity());
        resolve(position, "{\"outcome\":\"confirmed\",\"subject\":\"/customers/77\",\"state\":{\"id\":77}}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.subject").value("/customers/77"))
                .andExpect(jsonPath("$.action").value("created"))
                .andExpect(jsonPath("$.revision").value(1));
    }

    @Test
    void anItemHasOneNameHoweverTheOperatorWritesIt() throws Exception {
        long first = unnamed("/customers", "created");
        for (String outside : new String[] {
            "/customers/", "/customers/../orders/1", "/customers/x/..", "/customers/7/notes/1", "/customers/7//notes/1/"
        })
            resolve(first, "{\"outcome\":\"confirmed\",\"subject\":\"" + outside + "\"}")
                    .andExpect(status().isUnprocessableEntity());
        resolve(first, "{\"outcome\":\"confirmed\",\"subject\":\"/customers//b%c3%A4r/\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.subject").value("/customers/b%C3%A4r"));
        long root = unnamed("/", "created");
        resolve(root, "{\"outcome\":\"confirmed\",\"subject\":\"/7\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.subject").value("/7"));
    }

    @Test
    void aConfirmedReversalMayNameItsItemToo() throws Exception {
        long position = unnamed("/customers", "reversed");
        resolve(position, "{\"outcome\":\"confirmed\",\"subject\":\"/customers/77\",\"state\":{\"id\":77}}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.subject").value("/customers/77"))
                .andExpect(jsonPath("$.action").value("reversed"))
                .andExpect(jsonPath("$.reversible").value(true));
        resolve(unnamed("/customers", "reversed"), "{\"outcome\":\"refuted\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.action").value("deleted"))
                .andExpect(jsonPath("$.reversible").value(false));
    }

    @Test
    void aCollectionHasNoState() throws Exception {
        long position = unnamed("/customers", "created");
        unnamed("/customers", "created");
        resolve(position, "{\"outcome\":\"confirmed\",\"state\":{\"id\":77}}")
                .andExpect(status().isUnprocessableEntity());
        resolve(position, "{\"outcome\":\"confirmed\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.action").value("created"))
                .andExpect(jsonPath("$.images.after.reason").value("no-id"))
                .andExpect(jsonPath("$.reversible").value(false));
    }

    @Test
    void aReversalLeadsBackByWhatItWasToDo() throws Exception {
        Item item = new Item("/upstreams/default", "", "/customers/1");
        RecordedCall deletion = RecordedCall.of(item, "reversed", OLD, new Image.Unknown("no-reply"))
                .call("DELETE", "/customers/1", 204);
        resolve(append(deletion, Change.Outcome.UNKNOWN), "{\"outcome\":\"confirmed\"}")
                .andExpect(jsonPath("$.action").value("reversed"))
                .andExpect(jsonPath("$.images.after.status").value("absent"));
        resolve(append(deletion, Change.Outcome.UNKNOWN), "{\"outcome\":\"refuted\"}")
                .andExpect(jsonPath("$.action").value("created"))
                .andExpect(jsonPath("$.images.after.status").value("known"));
    }

    @Test
    void aLaterStateStands() throws Exception {
        long position = unknown("/customers/1", "updated", OLD);
        append("/customers/1", "updated", OLD, NEW, Change.Outcome.CONFIRMED);
        resolve(position, "{\"outcome\":\"refuted\"}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.action").value("updated"))
                .andExpect(jsonPath("$.after.n").value(2));
    }

    @Test
    void whatCannotBeResolvedSaysWhy() throws Exception {
        long known = append("/customers/1", "created", new Image.Absent(), NEW, Change.Outcome.CONFIRMED);
        long open = unknown("/customers/2", "updated", OLD);
        resolve(known, "{\"outcome\":\"refuted\"}").andExpect(status().isConflict());
        resolve(99, "{\"outcome\":\"refuted\"}").andExpect(status().isNotFound());
        resolve(open, "{\"outcome\":\"maybe\"}").andExpect(status().isBadRequest());
        resolve(open, "{\"result\":1}").andExpect(status().isBadRequest());
        resolve(open, "no").andExpect(status().isBadRequest());
        mvc.perform(get("/api/changes?outcome=unknown&subject=/customers/2"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].subject").value("/customers/2"));
        mvc.perform(get("/api/changes?outcome=confirmed")).andExpect(status().isBadRequest());
    }
}

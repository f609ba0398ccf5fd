package io.eventful.admin;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.RecordedCall;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The ledger's part of the admin API, over a real ledger. */
abstract class LedgerApiFixture {

    static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path folder;

    TestLedgers ledgers;
    final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    MockMvc mvc;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.fixed(START, ZoneOffset.UTC));
        mvc = MockMvcBuilders.standaloneSetup(
                        new ChangesApi(ledgers.ledger(), ledgers.history()),
                        new ResolutionApi(ledgers.ledger(), (create, subject) -> true),
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

    static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    Change append(String scope, String subject, String action, Image before, Image after) {
        return RecordedCall.of(new Item("/upstreams/default", scope, subject), action, before, after)
                .at(START)
                .call("PUT", subject, 200)
                .in(ledgers);
    }

    void threeRevisions() {
        append("", "/customers/42", "created", new Image.Absent(), known("{\"sum\":1.10}"));
        append("", "/customers/42", "updated", known("{\"sum\":1.10}"), known("{\"sum\":1e5}"));
        append("", "/customers/42", "deleted", known("{\"sum\":1e5}"), new Image.Absent());
    }
}

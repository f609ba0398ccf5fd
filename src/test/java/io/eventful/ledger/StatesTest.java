package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the link of a claim check leads to. */
class StatesTest {

    private static final Item ITEM = new Item("/upstreams/default", "", "/customers/1");
    private static final String JSON = "{\"id\":1,\"n\":1.10}";

    @TempDir
    Path folder;

    private TestLedgers ledgers;
    private States states;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
        states = new States(ledgers.databases().open("ledger"));
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private long append(String action, Image after) {
        Image before = ledgers.ledger().latest(ITEM).map(Change::after).orElse(new Image.Absent());
        return RecordedCall.of(ITEM, action, before, after).in(ledgers).position();
    }

    private String json(long position) {
        return states.json(position)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("none");
    }

    @Test
    void ofADeleteItIsTheLastStateAndOfAnyOtherChangeWhatItHasLeft() {
        Image.Known item = new Image.Known(Json.parse(JSON));
        long created = append("created", item);
        assertThat(json(created)).isEqualTo(JSON);
        long deleted = append("deleted", new Image.Absent());
        assertThat(json(deleted)).isEqualTo(JSON);
        assertThat(states.tag(deleted)).isEqualTo(states.tag(created));
        append("created", item);
        long drifted = append("drifted", new Image.Absent());
        assertThat(json(drifted)).isEqualTo("null");
        assertThat(states.tag(drifted)).contains(new States.Tag(Json.digest(NullNode.instance)));
        long unknown = append("updated", new Image.Unknown("timeout"));
        assertThat(states.tag(unknown)).isEmpty();
        assertThat(json(unknown)).isEqualTo("none");
        assertThat(json(99)).isEqualTo("none");
    }
}

package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, TestStores.sqlite(folder), clock);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void twoCallersOfDifferentRightsSeeTheirOwnItemsOnly() {
        Views.Registration view = rig.view("customers", Map.of());
        Rig.project(view, Rig.event("state", rig.change("/customers/ada", "", "{\"of\":\"ada\"}")));
        Rig.project(view, Rig.event("state", rig.change("/customers/bob", "", "{\"of\":\"bob\"}")));
        String last = "/.eventful/views/customers/";
        for (int round = 0; round < 3; round++) {
            for (String caller : new String[] {"ada", "bob"}) {
                for (String owner : new String[] {"ada", "bob"}) {
                    rig.upstream.says(question -> question.bearer().equals(owner) ? 200 : 403);
                    Rig.Got got = rig.get(last + owner, "Authorization", "Bearer " + caller);
                    if (caller.equals(owner)) assertThat(got.body()).isEqualTo("{\"of\":\"" + owner + "\"}");
                    else {
                        assertThat(got.status()).isEqualTo(403);
                        assertThat(got.body()).doesNotContain("\"of\"");
                    }
                }
            }
        }
        assertThat(rig.upstream.asked()).as("each asked once").hasSize(4).doesNotHaveDuplicates();
        rig.upstream.says(question -> 401);
        assertThat(rig.get(last + "ada").status()).isEqualTo(401);
        Rig.Got list = rig.get("/.eventful/views/customers", "Authorization", "Bearer ada");
        assertThat(list.status()).isEqualTo(403);
        assertThat(list.body()).contains("access=key or access=open");
    }

    /** For 60 seconds, which are no hour when the clock is set back by an hour in between. */
    @Test
    void anAnswerIsKeptForItsTimeWhateverTheClockDoes() {
        Views.Registration view = rig.view("customers", Map.of());
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "", "{\"id\":1}")));
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(200);
        rig.upstream.says(question -> 403);
        clock.advance(Duration.ofSeconds(59));
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(200);
        clock.advance(Duration.ofHours(-1));
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(403);
    }

    @Test
    void anUpstreamThatCannotTellLetsNobodyIn() {
        Views.Registration view = rig.view("customers", Map.of());
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "", "{\"id\":1}")));
        rig.upstream.says(question -> 502);
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(503);
        rig.upstream.says(question -> 200);
        assertThat(rig.get("/.eventful/views/customers/1").status()).isEqualTo(200);
    }

    @Test
    void aKeyOpensWhatIsReadWithAKey() {
        Views.Registration view = rig.view("customers", Map.of("access", "key"));
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "", "{\"id\":1}")));
        String list = "/.eventful/views/customers";
        assertThat(rig.get(list).status()).isEqualTo(401);
        assertThat(rig.get(list + "/1", "Authorization", "Bearer wrong").status())
                .isEqualTo(401);
        assertThat(rig.get(list, "Authorization", "Bearer the-admin-key").body())
                .isEqualTo("[{\"id\":1}]");
        assertThat(rig.get(list + "/1", "Authorization", "bearer a-read-key-of-the-test")
                        .status())
                .isEqualTo(200);
        assertThat(rig.upstream.asked()).isEmpty();
    }
}

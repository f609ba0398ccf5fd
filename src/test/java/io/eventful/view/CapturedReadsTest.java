package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that a view answers in place of the upstream, and those that it leaves to it. */
class CapturedReadsTest extends ViewFixture {

    @Override
    Databases stores(Path folder) {
        return TestStores.sqlite(folder);
    }

    @Test
    void anItemIsAnsweredByTheViewAndWhatItDoesNotHaveByTheUpstream() {
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/1").body()).isEqualTo("{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/2").status()).isEqualTo(Asking.PASSED_ON);
        assertThat(rig.captured("others", "/customers/1").status()).isEqualTo(Asking.PASSED_ON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "text/html,*/*;q=0.1",
                "APPLICATION/*",
                "text/csv;q=1, application/json;q=0.5",
                "",
                " "
            })
    void whoTakesJsonGetsIt(String accept) {
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/1", "Accept", accept).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "application/hal+json",
                "text/html, application/xml;q=0.9",
                "application/json;q=0, */*",
                "*/*;q=0.000",
                "nonsense"
            })
    void whoTakesNoJsonIsTheUpstreams(String accept) {
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/1", "Accept", accept).status())
                .isEqualTo(Asking.PASSED_ON);
    }
}

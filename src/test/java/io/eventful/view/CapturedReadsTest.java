package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private static String[] bearer(String key, String... further) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + key), Stream.of(further))
                .toArray(String[]::new);
    }

    /** A read that the view cannot answer, although the key opens it. */
    @ParameterizedTest
    @ValueSource(strings = {"the-admin-key", "a-read-key-of-the-test"})
    void aKeyOfTheViewIsNotPassedOn(String key) {
        view.close();
        view = rig.view("customers", Map.of("access", "key"));
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/1", bearer(key)).status())
                .isEqualTo(200);
        for (Rig.Got got : List.of(
                rig.captured("customers", "/customers/2", bearer(key, "X-Odd", "1")),
                rig.captured("customers", "/customers/1", bearer(key, "Accept", "text/csv", "X-Odd", "1")),
                rig.captured("customers", "/customers/1", bearer(key, "Eventful-Min-Position", "x", "X-Odd", "1")),
                rig.captured(
                        "customers", "/customers/2", bearer("another", "Authorization", "bearer " + key, "X-Odd", "1")),
                rig.capturedList("customers", "default", "/customers?mine=1", bearer(key, "X-Odd", "1")))) {
            assertThat(got.status()).isEqualTo(Asking.PASSED_ON);
            assertThat(got.field("X-Odd")).isEqualTo("1");
            assertThat(got.fields().first("Authorization")).isEmpty();
        }
    }

    @Test
    void credentialsForTheUpstreamArePassedOn() {
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.captured("customers", "/customers/2", bearer("the-admin-key"))
                        .field("Authorization"))
                .as("the view is open to everybody, and needs no key")
                .isEqualTo("Bearer the-admin-key");
        view.close();
        view = rig.view("customers", Map.of("access", "key"));
        for (String subject : List.of("/customers/1", "/customers/2"))
            assertThat(rig.captured("customers", subject, bearer("theirs")).field("Authorization"))
                    .isEqualTo("Bearer theirs");
    }

    @Test
    void aReadKeyIsNotPassedOnEvenIfItsViewDoesNotRun() {
        assertThat(rig.captured("others", "/customers/1", bearer("a-read-key-of-the-test"))
                        .fields()
                        .first("Authorization"))
                .isEmpty();
        assertThat(rig.captured("others", "/customers/1", bearer("theirs")).field("Authorization"))
                .isEqualTo("Bearer theirs");
    }
}

package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailingSlashRedirectTest {

    private static Optional<String> followingSlashRedirect(String target, int status, String location) {
        return TrailingSlashRedirect.of(target, status, new Fields(List.of(new Fields.Field("Location", location))));
    }

    @ParameterizedTest
    @CsvSource({
        "/items/7, 301, /items/7/, /items/7/",
        "/items/7/, 308, http://elsewhere/items/7, /items/7",
        "/items/7?a=b, 307, /api/v1/items/7/?a=b, /items/7/?a=b",
        "/crm/items/%7e7, 302, /items/~7/#x, /crm/items/%7e7/",
        "/items/7, 301, 7/, /items/7/"
    })
    void aSlashAtTheEndIsAnotherSpelling(String target, int status, String location, String other) {
        assertThat(followingSlashRedirect(target, status, location)).contains(other);
    }

    @ParameterizedTest
    @CsvSource({
        "/items/7, 301, /items/8/",
        "/items/7, 301, /login/",
        "/items/7, 301, /items/7",
        "/items/7, 303, /items/7/",
        "/items/7, 200, /items/7/",
        "/items/7, 302, http://sso.example/?to=/items/7/",
        "/, 301, ''"
    })
    void anythingElseIsSomethingElse(String target, int status, String location) {
        assertThat(followingSlashRedirect(target, status, location)).isEmpty();
    }

    @Test
    void aRedirectWithoutALocationIsNone() {
        assertThat(TrailingSlashRedirect.of("/items/7", 301, Fields.NONE)).isEmpty();
    }
}

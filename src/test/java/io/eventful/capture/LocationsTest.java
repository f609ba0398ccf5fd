package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

    @ParameterizedTest
    @CsvSource({
        "/customers/7, /customers/7",
        "' /customers/7 ', /customers/7",
        "/customers/7?x=/1, /customers/7",
        "/customers/7#part, /customers/7",
        "http://other:81/customers/7, /customers/7",
        "//other/customers/7, /customers/7",
        "7, /api/7",
        "./7, /api/7",
        "../7, /7",
        "a/b:c, /api/a/b:c",
        "./a:b, /api/a:b",
        "/a%2Fb, /a%2Fb",
        "/x/../customers/7, /customers/7",
        "/../customers/./7, /customers/7",
        "/x/%2E%2e/customers/%2e/7/, /customers/7/",
        "/customers/7/x/.., /customers/7/",
        "http://other/x/../customers/7, /customers/7",
        "//other/x/../customers/7, /customers/7",
        "7/, /api/7/",
        "/a//b/.., /a//",
        "/a/..b/.c/d.., /a/..b/.c/d..",
        "/\u00c3\u00a4, /\u00e4",
        "/\u00e4, /\u00e4",
    })
    void aReferenceIsResolvedAgainstTheRequest(String reference, String path) {
        assertThat(Locations.path(reference, "/api/customers?a=b")).contains(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?x", "#part", "http://other", "//other", "urn:customer:7", "mailto:a@b/c"})
    void whatNamesNoPathIsNone(String reference) {
        assertThat(Locations.path(reference, "/api/customers")).isEmpty();
    }
}

package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeNameTest {

    private static final ScopeName EITHER = ScopeName.parse("X-Tenant");
    private static final ScopeName HEADER = ScopeName.parse("header:X-Tenant");
    private static final ScopeName QUERY = ScopeName.parse("query:X-Tenant");

    private static RequestHead head(String query, String... fields) {
        Fields all = Fields.NONE;
        for (int i = 0; i < fields.length; i += 2) all = all.and(fields[i], fields[i + 1]);
        return new RequestHead("GET", "/1?" + query, "/1", query, all, "localhost", "http", "127.0.0.1");
    }

    @Test
    void itIsWrittenAsItWasRead() {
        for (String text : List.of("X-Tenant", "header:X-Tenant", "query:tenant", ""))
            assertThat(ScopeName.parse(text)).hasToString(text);
        assertThat(ScopeName.parse("")).isEqualTo(ScopeName.NONE);
        assertThat(ScopeName.NONE.of(head("=a", "", "b"))).isEmpty();
        assertThat(ScopeName.NONE.refusal(head("=a", "", "b"))).isEmpty();
    }

    @Test
    void eachFormLooksAtItsPlaceOnly() {
        RequestHead both = head("X-Tenant=b", "x-tenant", "a");
        assertThat(HEADER.of(both)).isEqualTo("a");
        assertThat(QUERY.of(both)).isEqualTo("b");
        assertThat(EITHER.of(both)).as("neither of the two").isEmpty();
        assertThat(EITHER.of(head("X-Tenant=a%20b"))).isEqualTo("a b");
        assertThat(EITHER.of(head("", "X-TENANT", "a"))).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "true,X-Tenant=a&X-Tenant=b,",
        "true,X-Tenant=a&x_tenant=b,",
        "true,x-tenant=a,",
        "true,X-Tenant=a&X-Tenant%5B%5D=b,",
        "true,X-Tenant=a&%20X-Tenant=b,",
        "true,,X_Tenant",
        "false,X-Tenant=a&X-Tenants=b&Tenant=c&X-Tenant-Id=d,",
        "false,X-Tenant=a,X-Tenant",
        "false,,",
    })
    void whatSomeSystemsTakeForTheSameNameCounts(boolean refused, String query, String field) {
        RequestHead head =
                field == null ? head(query == null ? "" : query) : head(query == null ? "" : query, field, "a");
        assertThat(EITHER.refusal(head).isPresent()).isEqualTo(refused);
    }

    /** The gateway takes such a field out of what it passes on (RFC 9110 §7.6.1), so the system behind sees no scope. */
    @Test
    void aFieldOfOneConnectionGivesNoScope() {
        RequestHead head = head("", "X-Tenant", "a", "Connection", "close, x-tenant");
        assertThat(HEADER.of(head)).isEmpty();
        assertThat(EITHER.of(head("X-Tenant=b", "X-Tenant", "a", "Connection", "X-Tenant")))
                .isEqualTo("b");
        assertThat(HEADER.in(head.fields(), "a")).isEqualTo(Fields.NONE.and("X-Tenant", "a"));
    }

    @Test
    void aRefusalSaysWhereToGiveIt() {
        String body = new String(
                QUERY.refusal(head("X-Tenant=a&X-Tenant=b")).orElseThrow().body(), StandardCharsets.UTF_8);
        assertThat(body).contains("Give X-Tenant once, as one query parameter.");
    }

    @Test
    void aCallOfTheGatewaysOwnGivesOneScope() {
        Fields fields = Fields.NONE.and("x_tenant", "b").and("Accept", "x").and("X-Tenant", "c");
        assertThat(EITHER.in(fields, "a"))
                .isEqualTo(Fields.NONE.and("Accept", "x").and("X-Tenant", "a"));
        assertThat(HEADER.in(fields, "")).isEqualTo(Fields.NONE.and("Accept", "x"));
        assertThat(QUERY.in(fields, "a")).isEqualTo(fields);

        assertThat(EITHER.in("q=%61&X-Tenant=b&x-tenant=c", "a b")).isEqualTo("q=%61&X-Tenant=a%20b");
        assertThat(EITHER.in("q=1", "a"))
                .as("a strict system might not know it")
                .isEqualTo("q=1");
        assertThat(QUERY.in("q=1", "a")).isEqualTo("q=1&X-Tenant=a");
        assertThat(QUERY.in("", "a")).isEqualTo("X-Tenant=a");
        assertThat(QUERY.in("X-Tenant=b", "")).isEmpty();
        assertThat(HEADER.in("X-Tenant=b", "a")).isEqualTo("X-Tenant=b");
    }
}

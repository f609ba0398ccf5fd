package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that gives its scope several times: the system behind may take another one of them than the gateway does. */
class AmbiguousScopeTest extends CaptureFixture {

    private void tickets(String scope) {
        gateway.route("tickets", "/tickets/{id}", Map.of("scope", scope));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant,/tickets/1?tenant=a&tenant=b,",
        "tenant,/tickets/1?tenant=a&ten%61nt=b,",
        "tenant,/tickets/1?tenant=a&tenant,",
        "tenant,/tickets/1?tenant=b,a",
        "tenant,/tickets/1,a|b",
        "query:tenant,/tickets/1?tenant=a&x=1&tenant=b,",
        "query:tenant,/tickets/1?tenant=a&Tenant=b,",
        "query:tenant,/tickets/1?tenant[]=b&tenant=a,",
        "query:tenant,/tickets/1?tenant%5B0%5D=b,",
        "header:tenant,/tickets/1,a|b",
        "header:tenant,/tickets/1,a|",
    })
    void differingScopesAreRefusedAndNothingIsSent(String scope, String target, String values) throws Exception {
        tickets(scope);
        HttpResponse<String> reply = call("PUT", target, values);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply.body()).contains("tenant", "Nothing was sent");
        assertThat(system.asked).isEmpty();
        assertThat(gateway.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tenant,/tickets/1?tenant=a&ten%61nt=%61,a|a",
        "query:tenant,/tickets/1?tenant=a&tenant=a,b",
        "header:tenant,/tickets/1?tenant=b&tenant=c,a|a",
        "query:tenant,/tickets/1?tenant=a,",
        "header:tenant,/tickets/1,a",
    })
    void aScopeThatIsRepeatedOrStandsAtAnotherPlaceMayPass(String scope, String target, String values)
            throws Exception {
        tickets(scope);
        assertThat(call("PUT", target, values).statusCode()).isEqualTo(201);
        assertThat(system.writes()).containsExactly("PUT " + target);
        assertThat(gateway.only().item().scope()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"query:tenant,/tickets/1,a", "header:tenant,/tickets/1?tenant=a,"})
    void whatIsGivenAtAnotherPlaceIsNoScope(String scope, String target, String values) throws Exception {
        tickets(scope);
        assertThat(call("PUT", target, values).statusCode()).isEqualTo(201);
        assertThat(gateway.only().item().scope()).isEmpty();
    }

    @Test
    void whatIsNotCapturedPasses() throws Exception {
        tickets("tenant");
        assertThat(gateway.call("GET", "/tickets/1?tenant=a&tenant=b", "").statusCode())
                .isEqualTo(404);
        assertThat(gateway.call("PUT", "/others/1?tenant=a&tenant=b", "{}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void creationsKeyedWritesAndReadsByViewsAreRefusedToo() throws Exception {
        gateway.route("tickets", "/tickets/{id}", Map.of("scope", "tenant", "queries", "view:tickets"));
        gateway.route("orders", "/orders/{id}", Map.of("scope", "tenant", "commands", "async"));
        String two = "?tenant=a&tenant=b";
        assertThat(gateway.call("POST", "/tickets" + two, "{}").statusCode()).isEqualTo(400);
        assertThat(gateway.call("PUT", "/tickets/1" + two, "{}", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.call("GET", "/tickets/1" + two, "").statusCode()).isEqualTo(400);
        assertThat(gateway.call("GET", "/tickets" + two, "").statusCode()).isEqualTo(400);
        assertThat(gateway.call("PUT", "/orders/1" + two, "{}").statusCode()).isEqualTo(400);
        assertThat(system.asked).isEmpty();
    }

    private HttpResponse<String> call(String method, String target, String values) throws Exception {
        String[] each = values == null ? new String[0] : values.split("\\|", -1);
        String[] fields = new String[each.length * 2];
        for (int i = 0; i < each.length; i++) {
            fields[2 * i] = "tenant";
            fields[2 * i + 1] = each[i];
        }
        return gateway.call(method, target, "{\"n\":1}", fields);
    }
}

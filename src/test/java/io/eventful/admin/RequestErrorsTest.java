package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.harness.AdminClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API says of parameters and bodies that it cannot take. */
class RequestErrorsTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/subscriptions?after=zzz",
                "/api/subscriptions?after=garbage",
                "/api/subscriptions?after=sub_1",
                "/api/replays?after=zzz",
                "/api/replays?after=rpl_zz",
                "/api/deliveries?after=garbage",
                "/api/changes?after=x",
                "/api/changes?after=-1",
                "/api/commands?after=x",
                "/api/commands?after=-1",
                "/api/routes/customers/parked?after=x",
                "/api/routes/customers/parked?after=-1",
                "/api/routes/customers/skipped?after=-1"
            })
    void aCursorOfAnotherFormIsRefused(String path) {
        HttpResponse<String> reply = rig.admin.call("GET", path, "");
        assertThat(reply.statusCode()).as(path).isEqualTo(400);
        assertThat(AdminClient.parse(reply.body()).path("detail").asText()).contains("after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/changes?after=x | after must be the \"next\" of a page of this list.",
                "/api/changes?limit=x | limit must be between 1 and 1000.",
                "/api/changes?limit=99999999999 | limit must be between 1 and 1000.",
                "/api/deliveries?limit=0 | limit must be between 1 and 1000.",
                "/api/changes/x | position must be a whole number of at most 9223372036854775807.",
                "/api/deliveries?position=x | position must be a whole number of at most 9223372036854775807.",
                "/api/consistency?resource=customer&sample=x | sample must be a whole number of at most 2147483647.",
                "/api/consistency?resource=customer&repair=x | repair must be true or false."
            })
    void whatCannotBeReadIsToldWithWhatIsAllowed(String path, String detail) {
        HttpResponse<String> reply = rig.admin.call("GET", path, "");
        assertThat(reply.statusCode()).as(path).isEqualTo(400);
        assertThat(AdminClient.parse(reply.body()).path("detail").asText()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/replays | [] | ``",
                "/api/replays | {} | /subscription",
                "/api/replays | {'subscription':'sub_none'} | /subscription",
                "/api/replays | {'subscription':'sub_none','a/b':1,'rate':'x','types':'t'} | /a~1b /types /rate"
                        + " /subscription",
                "/api/replays | {'subscription':'sub_none','from':'soon'} | /from /subscription",
                "/api/replays | {'subscription':'sub_none','from':'7','to':'5'} | /to /subscription",
                "/api/replays | {'subscription':'sub_none','rate':0,'from':'soon'} | /from /rate /subscription",
                "/api/replays | {'subscription':'sub_none','filters':[{'nope':1}]} | /filters/0/nope /subscription",
                "/api/deliveries/retry | [] | ``",
                "/api/deliveries/retry | {'stat':'dead'} | /stat",
                "/api/deliveries/retry | {'state':'held','types':[1],'from':'soon'} | /state /types /from"
            })
    void everythingThatIsWrongWithABodyIsTold(String path, String body, String pointers) {
        HttpResponse<String> reply = rig.admin.call("POST", path, body.replace('\'', '"'));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(422);
        JsonNode errors = AdminClient.parse(reply.body()).path("errors");
        assertThat(errors).as(reply.body()).isNotEmpty();
        assertThat(String.join(" ", errors.findValuesAsText("pointer"))).isEqualTo(pointers);
        for (JsonNode error : errors) {
            assertThat(error.path("detail").asText()).isNotEmpty();
            assertThat(error.path("remedy").asText()).isNotEmpty();
        }
    }

    @Test
    void thePageThatErrorsAreForwardedToIsNoResource() {
        for (String path : List.of("/error", "/nowhere")) {
            HttpResponse<String> reply = rig.admin.call("GET", path, "");
            assertThat(reply.statusCode()).as(path + reply.body()).isEqualTo(404);
            assertThat(reply.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(AdminClient.parse(reply.body()).path("title").asText()).isEqualTo("Not Found");
        }
    }

    @Test
    void membersAreToldInTheirOrder() {
        String reply = rig.admin.call("POST", "/api/replays", "{\"x\":1}").body();
        assertThat(reply).contains("The members are subscription, from, to, types, subject, filters, rate.");
    }
}

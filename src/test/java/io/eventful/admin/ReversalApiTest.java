package io.eventful.admin;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.Compensation;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;

class ReversalApiTest extends LedgerApiFixture {

    private ResultActions reverse(long position, String body) throws Exception {
        MvcResult result = mvc.perform(post("/api/changes/{position}/reversal", position)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn();
        if (!result.getRequest().isAsyncStarted())
            return mvc.perform(post("/api/changes/{position}/reversal", position)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(body));
        return mvc.perform(asyncDispatch(result));
    }

    @Test
    void aBodyThatCannotBeReadIsToldWhatIsWrongWithIt() throws Exception {
        threeRevisions();
        for (String value : new String[] {"1", "0", "\"true\"", "\"perhaps\"", "[true]", "{}"})
            reverse(2, "{\"apply\": " + value + "}")
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.detail").value("/apply must be true or false."))
                    .andExpect(jsonPath("$.errors[0].pointer").value("/apply"));
        reverse(2, "{\"aply\": true}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].pointer").value("/aply"));
        reverse(2, "[true]")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].pointer").value(""));
        reverse(2, "{\"apply\":\n tru}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("The body is not valid JSON at line 2, column ")));
    }

    @Test
    void aPreviewSaysWhatWouldBeDoneAndAppendsNothing() throws Exception {
        threeRevisions();
        reverse(3, "{\"apply\":false}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.method").value("PUT"))
                .andExpect(jsonPath("$.path").value("/customers/42"))
                .andExpect(jsonPath("$.patch").isArray())
                .andExpect(content().string(containsString("\"state\":{\"sum\":1e5}")));
        mvc.perform(get("/api/changes")).andExpect(jsonPath("$.items.length()").value(3));
    }

    @Test
    void whereNobodyKnowsHowAnItemWasMadeThePreviewSaysBothWays() throws Exception {
        Change deleted = append("", "/customers/9", "deleted", known("1"), new Image.Absent());
        reverse(deleted.position(), "{\"apply\":false}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.method").value("PUT"))
                .andExpect(jsonPath("$.path").value("/customers/9"))
                .andExpect(jsonPath("$.otherwise.method").value("POST"))
                .andExpect(jsonPath("$.otherwise.path").value("/customers"));
    }

    @Test
    void whatHasMovedOnOrCannotComeBackIsSaidSo() throws Exception {
        threeRevisions();
        Change blind = append("", "/customers/7", "updated", new Image.Unknown("fetch-failed:403"), known("1"));
        reverse(1, "{\"apply\":true}")
                .andExpect(status().isConflict())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
        reverse(blind.position(), "{\"apply\":true}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.detail").value(containsString("fetch-failed:403")));
        reverse(99, "{}").andExpect(status().isNotFound());
    }

    @Test
    void applyingGoesThroughCaptureAndAnswersWithTheReversingChange() throws Exception {
        threeRevisions();
        reverse(3, "{\"apply\":true}").andExpect(status().isNotImplemented());
        Compensation compensation = change -> CompletableFuture.supplyAsync(() -> new Compensation.Result.Reversed(
                append("", "/customers/42", "reversed", change.after(), change.before())));
        beans.addBean("compensation", compensation);
        reverse(3, "{\"apply\":true}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/changes/4"))
                .andExpect(jsonPath("$.action").value("reversed"))
                .andExpect(jsonPath("$.revision").value(4));
    }

    private ResultActions answered(Compensation.Result result) throws Exception {
        threeRevisions();
        beans.addBean("compensation", (Compensation) change -> CompletableFuture.supplyAsync(() -> result));
        return reverse(3, "{\"apply\":true}").andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void whatWasNotSentMayBeTriedAgain() throws Exception {
        answered(new Compensation.Result.NotSent("the item is being written"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "5"))
                .andExpect(jsonPath("$.title").value("The reversal was not sent"))
                .andExpect(jsonPath("$.detail").value("Nothing was sent: the item is being written. Try again later."));
    }

    @Test
    void whatMayHaveBeenExecutedIsSaidSo() throws Exception {
        answered(new Compensation.Result.Unsettled("the upstream did not respond"))
                .andExpect(status().isBadGateway())
                .andExpect(header().doesNotExist("Retry-After"))
                .andExpect(jsonPath("$.title").value("The outcome of the reversal is not known yet"))
                .andExpect(jsonPath("$.detail")
                        .value(containsString("may have been executed: the upstream did not respond")));
    }

    @Test
    void whatTheUpstreamRefusedHasItsStatus() throws Exception {
        answered(new Compensation.Result.Refused(409))
                .andExpect(status().isBadGateway())
                .andExpect(jsonPath("$.title").value("The upstream rejected the reversal"))
                .andExpect(jsonPath("$.detail").value("The upstream responded with status 409."));
    }
}

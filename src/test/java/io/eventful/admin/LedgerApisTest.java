package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class LedgerApisTest extends LedgerApiFixture {

    @Test
    void aSubjectIsFoundWithItsEscapesDecodedOrASlashAtItsEnd() throws Exception {
        append("", "/customers/%C3%A4", "created", new Image.Absent(), known("{\"n\":1}"));
        for (String subject : new String[] {"/customers/%C3%A4", "/customers/\u00e4", "/customers/%c3%a4/"}) {
            mvc.perform(get("/api/state").param("subject", subject))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.subject").value("/customers/%C3%A4"));
            mvc.perform(get("/api/changes").param("subject", subject))
                    .andExpect(jsonPath("$.items.length()").value(1));
        }
    }

    @Test
    void changesAreListedOldestFirstAndPagedByPosition() throws Exception {
        threeRevisions();
        mvc.perform(get("/api/changes?limit=2"))
                .andExpect(status().isOk())
                .andExpect(content().contentType(MediaType.APPLICATION_JSON))
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[1].position").value(2))
                .andExpect(jsonPath("$.items[1].patch[0].op").value("replace"))
                .andExpect(content().string(containsString("\"sum\":1.10")))
                .andExpect(jsonPath("$.next").value("2"));
        mvc.perform(get("/api/changes?limit=2&after=2"))
                .andExpect(jsonPath("$.items[0].action").value("deleted"))
                .andExpect(jsonPath("$.next").value((Object) null));
        mvc.perform(get("/api/changes?subject=/customers/43"))
                .andExpect(jsonPath("$.items.length()").value(0));
        mvc.perform(get("/api/changes?after=&limit=&resource=&subject=&outcome="))
                .andExpect(jsonPath("$.items.length()").value(3));
        mvc.perform(get("/api/changes/2")).andExpect(jsonPath("$.revision").value(2));
        mvc.perform(get("/api/changes/9")).andExpect(status().isNotFound());
        for (String wrong : new String[] {"after=x", "after=-1", "limit=0", "limit=1001"})
            mvc.perform(get("/api/changes?" + wrong)).andExpect(status().isBadRequest());
    }

    @Test
    void aStateIsReadAsOfNowARevisionOrATime() throws Exception {
        threeRevisions();
        mvc.perform(get("/api/state?subject=/customers/42"))
                .andExpect(jsonPath("$.revision").value(3))
                .andExpect(jsonPath("$.state").value((Object) null))
                .andExpect(jsonPath("$.image.status").value("absent"));
        mvc.perform(get("/api/state?subject=/customers/42&revision=2"))
                .andExpect(jsonPath("$.position").value(2))
                .andExpect(jsonPath("$.time").value(START.toString()))
                .andExpect(content().string(containsString("\"state\":{\"sum\":1e5}")));
        mvc.perform(get("/api/state").param("subject", "/customers/42").param("at", "2026-03-04T06:06:07+01:00"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state").param("subject", "/customers/42").param("at", "2026-03-04T06:06:07 01:00"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state?subject=/customers/42&at=9999-12-31T23:59:59Z"))
                .andExpect(jsonPath("$.revision").value(3));
        mvc.perform(get("/api/state?subject=/customers/42&at=0001-01-01T00:00:00Z"))
                .andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&at=2026-03-04T05:06:06Z"))
                .andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&revision=4")).andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/7")).andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42&at=yesterday")).andExpect(status().isBadRequest());
        mvc.perform(get("/api/state?subject=/customers/42&revision=1&at=2026-03-04T05:06:06Z"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void aPageOfLargeChangesEndsBeforeItsLimit() throws Exception {
        String large = '"' + "x".repeat(300_000) + '"';
        for (int i = 1; i <= 12; i++) append("", "/files/" + i, "created", new Image.Absent(), known(large));
        List<Integer> pages = new ArrayList<>();
        List<String> positions = new ArrayList<>();
        String after = "0";
        while (after != null) {
            byte[] body = mvc.perform(get("/api/changes?limit=10&after=" + after))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            assertThat(body.length).isLessThan(5 << 20);
            JsonNode page = Json.parse(body);
            pages.add(page.get("items").size());
            page.get("items").forEach(item -> positions.add(item.get("position").asText()));
            after = page.get("next").textValue();
        }
        assertThat(pages).containsExactly(5, 5, 2);
        assertThat(positions).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void whatRetentionTookIsGone() throws Exception {
        threeRevisions();
        ledgers.trim(2);
        mvc.perform(get("/api/changes/2")).andExpect(status().isGone());
        for (String path : new String[] {"/api/changes/2/reversal", "/api/changes/2/resolution"})
            mvc.perform(post(path)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(path.endsWith("reversal") ? "{}" : "{\"outcome\":\"refuted\"}"))
                    .andExpect(status().isGone());
        mvc.perform(get("/api/state?subject=/customers/42&revision=2")).andExpect(status().isGone());
        mvc.perform(get("/api/state?subject=/customers/42&at=2026-03-04T05:06:06Z"))
                .andExpect(status().isGone());
        mvc.perform(get("/api/state?subject=/customers/42&revision=4")).andExpect(status().isNotFound());
        mvc.perform(get("/api/state?subject=/customers/42"))
                .andExpect(jsonPath("$.revision").value(3));
    }

    @Test
    void itemsOfSeveralScopesAreToldApart() throws Exception {
        append("a", "/orders/1", "created", new Image.Absent(), known("1"));
        append("b", "/orders/1", "created", new Image.Absent(), known("2"));
        mvc.perform(get("/api/state?subject=/orders/1")).andExpect(status().isUnprocessableEntity());
        mvc.perform(get("/api/state?subject=/orders/1&scope=b"))
                .andExpect(jsonPath("$.state").value(2));
    }
}

package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded of calls of all kinds. */
class RecordedTestsTest extends RecordingFixture {

    @Test
    void inEveryRendering() throws IOException {
        String made = record("PUT", "/all/1", "{\"id\":1,\"name\":\"Ada\",\"a\":{\"b\":[1]}}", "thing.created");
        assertThat(made).doesNotContain("api.example.org", "sha-256", "evt_");
        record("PUT", "/all/1", "{\"id\":1,\"name\":\"Eve\",\"a\":{\"b\":[2,3]}}", "thing.updated");
        record("DELETE", "/all/1", "", "thing.deleted");
    }

    @Test
    void ofAnAction() throws IOException {
        gateway.call("PUT", "/things/1", "{\"id\":1,\"state\":\"open\"}");
        record("POST", "/things/1/cancel", "{\"why\":\"late\"}", "thing.cancel");
        system.put("/things/2", "{\"id\":2,\"state\":\"open\"}");
        record("POST", "/things/2/cancel", "", "thing.cancel", "- {status: 200, json: {id: 2, state: open}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"things", "fetched", "careless"})
    void afterAWriteBehindTheGateway(String collection) throws IOException {
        String path = "/" + collection + "/3";
        gateway.call("PUT", path, "{\"id\":3,\"state\":\"open\",\"old\":1}");
        system.put(path, "{\"id\":3,\"state\":\"closed\",\"new\":[1]}");
        record("PATCH", path, "{\"name\":\"Ada\"}", "thing.updated");
        system.put(path, "{\"id\":3,\"state\":\"open\"}");
        record("DELETE", path, "", "thing.deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"things", "careless", "secrets"})
    void ofItemsThatTheGatewaySeesForTheFirstTime(String collection) throws IOException {
        String path = "/" + collection;
        String item = "{\"id\":4,\"state\":\"open\",\"ssn\":\"1\"}";
        for (int i = 4; i < 7; i++) system.put(path + "/" + i, item);
        record("PUT", path + "/4", item.replace("open", "closed"), "thing.");
        record("PATCH", path + "/5", "{\"name\":\"Ada\"}", "thing.updated");
        record("DELETE", path + "/6", "", "thing.deleted");
        record("POST", path, item, "thing.created");
    }

    @ParameterizedTest
    @CsvSource({
        "/things/ö1,/things/%C3%B61,''",
        "/things/ü%20b,/things/%C3%BC%20b,''",
        "/things/q?x=ü,/things/q?x=%C3%BC,''",
        "/scoped/ö1,/scoped/%C3%B61,scope: a"
    })
    void ofPathsBeyondAscii(String path, String sent, String scope) throws IOException {
        String made = record("PUT", path, "{\"v\":1}", "thing.created", "path: \"" + sent + "\"");
        assertThat(made).doesNotContain("ledger:", "ö", "ü");
        record("PUT", path, "{\"v\":2}", "thing.updated", "revision: \"2\"", scope);
    }

    @Test
    void ofItemsThatWereGone() throws IOException {
        system.put("/things/7", "{\"id\":7}");
        gateway.call("DELETE", "/things/7", "");
        record("PUT", "/things/7", "{\"id\":7,\"name\":\"Ada\"}", "thing.created", "revision: \"2\"");
        gateway.call("DELETE", "/things/7", "");
        record("PUT", "/things/7", "{\"id\":7,\"name\":\"Eve\"}", "thing.created", "revision: \"4\"");
    }

    @ParameterizedTest
    @CsvSource({"DELETE,/secrets/8,", "POST,/secrets/9/cancel,", "PUT,/secrets/10,{\"id\":1}"})
    void ofItemsWithRedactedMembers(String method, String path, String json) throws IOException {
        String item = "{\"id\":1,\"state\":\"open\",\"ssn\":\"12-34\",\"card\":{\"number\":\"56-78\"}}";
        gateway.call("PUT", path.replace("/cancel", ""), item);
        String text = record(method, path, json == null ? "" : json, "reason: redacted");
        assertThat(text).doesNotContain("12-34", "56-78");
    }

    @Test
    void ofItemsInAScope() throws IOException {
        String made = record("PUT", "/scoped/1", "{\"id\":1}", "thing.created");
        assertThat(made).contains("X-Tenant: a").doesNotContain("X-Other");
        record("PUT", "/scoped/1", "{\"id\":1,\"name\":\"Ada\"}", "thing.updated", "scope: a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preferred | Prefer=respond-async | 202",
                "preferred | Prefer=respond-async, wait=5 | 201",
                "queued | X-Other=b | 202",
                "queued | prefer=wait=5 | 201"
            })
    void ofCommands(String collection, String header, int status) throws IOException {
        headers = List.of(header, "Authorization=Bearer a");
        for (int i = 20; i < 22; i++) {
            String text = record("POST", "/" + collection, "{\"id\":" + i + "}", "thing.created", "Location: /");
            assertThat(text).contains("status: " + status).doesNotContain(".eventful/commands", "Bearer");
        }
        String path = "/" + collection + "/new-" + recorded;
        assertThat(record("PUT", path, "{\"id\":20}", "thing.created", "status: 201"))
                .contains("status: " + status);
    }

    @Test
    void aCommandThatHasNotEndedIsNoTest() {
        headers = List.of("Prefer=respond-async");
        Path file = routes.resolve("pending.test.yaml");
        assertThat(run(recording("PUT", "/preferred/busy", "{}", file)))
                .contains("the command /.eventful/commands/", "is pending", "--settle");
        assertThat(file).doesNotExist();
    }

    @Test
    void besideRoutesOfOtherUpstreams() throws IOException {
        record("PUT", "/replicated/1", "{\"id\":1}", "thing.created", "upstream: second", "upstream: replica");
        record("PUT", "/things/12", "{\"id\":12}", "thing.created");
    }

    @Test
    void ofACallThatChangesNothing() throws IOException {
        gateway.call("PUT", "/things/11", "{\"id\":11}");
        record("PUT", "/things/11", "{\"id\":11}", "events: []");
        record("PUT", "/elsewhere/11", "{\"id\":11}", "events: []");
    }
}

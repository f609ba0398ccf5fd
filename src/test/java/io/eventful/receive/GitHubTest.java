package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubTest extends HouseFixture {

    private static final String SECRET = "It's a Secret to Everybody";
    private static final String URI = "webhook-in:/hooks/github?provider=github&secret=RAW(" + SECRET + ")";

    @Test
    void aReceiptIsAChangeLikeAnyOther() throws Exception {
        List<Change> received = house.route("github", URI);
        String body = "{\"action\":\"opened\",\"issue\":{\"number\":1347,\"score\":1.10}}";

        HttpResponse<String> reply =
                house.post("/hooks/github", body, Senders.github(SECRET, "issues", "72d3162e-cc78-11e3", body));

        assertThat(reply.statusCode()).isEqualTo(200);
        Change change = house.only();
        assertThat(change.item().source()).isEqualTo("/webhooks/hooks/github");
        assertThat(change.item().subject()).isEqualTo("/webhooks/hooks/github/72d3162e-cc78-11e3");
        assertThat(change.action()).isEqualTo("received");
        assertThat(EventType.of(change)).isEqualTo("github.issues");
        assertThat(change.revision()).isEqualTo(1);
        assertThat(change.before()).isEqualTo(new Image.Absent());
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse(body)));
        assertThat(change.reversible()).isFalse();
        assertThat(change.request()).isNotNull();
        assertThat(change.request().headers())
                .containsEntry("x-github-event", List.of("issues"))
                .doesNotContainKey("x-hub-signature-256");
        await().until(() -> received.size() == 1);
        assertThat(received.getFirst().position()).isEqualTo(change.position());
        assertThat(house.upstreamCalls).hasValue(0);
    }

    @Test
    void theExampleOfTheDocumentationIsGenuine() throws Exception {
        house.route("github", URI);
        String body = "Hello, World!";

        HttpResponse<String> reply = house.post(
                "/hooks/github",
                body,
                "X-GitHub-Event",
                "ping",
                "X-GitHub-Delivery",
                "1",
                "X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        // Genuine, but no JSON, which it says it is.
        assertThat(reply.statusCode()).isEqualTo(400);
    }

    @Test
    void aWrongSignatureIsTurnedAwayWithoutSayingWhy() throws Exception {
        house.route("github", URI);
        String body = "{\"zen\":\"x\"}";
        String[] forged = Senders.github("another secret", "ping", "1", body);
        String[] other = Senders.github(SECRET, "ping", "1", body + ' ');
        String[] none = {"X-GitHub-Event", "ping"};
        String[] malformed = {"X-Hub-Signature-256", "sha256=xyz"};
        String[] sha1 = {"X-Hub-Signature", "sha1=" + "0".repeat(40)};

        List<String> answers = new ArrayList<>();
        for (String[] fields : List.of(forged, other, none, malformed, sha1)) {
            HttpResponse<String> reply = house.post("/hooks/github", body, fields);
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            answers.add(reply.body());
        }
        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(house.changes()).isEmpty();
    }

    @Test
    void aRepeatIsAnsweredAndNotKeptTwiceAlsoAfterARestart() throws Exception {
        house.route("github", URI);
        String body = "{\"zen\":\"x\"}";
        String[] fields = Senders.github(SECRET, "ping", "again", body);
        assertThat(house.post("/hooks/github", body, fields).statusCode()).isEqualTo(200);
        assertThat(house.post("/hooks/github", body, fields).statusCode()).isEqualTo(200);
        house.close();
        house = new House(folder, Clock.systemUTC());
        List<Change> received = house.route("github", URI);
        assertThat(house.post("/hooks/github", body, fields).statusCode()).isEqualTo(200);
        String[] next = Senders.github(SECRET, "ping", "another", body);
        assertThat(house.post("/hooks/github", body, next).statusCode()).isEqualTo(200);

        assertThat(house.changes()).hasSize(2);
        await().until(() -> !received.isEmpty() && received.getLast().position() == 2);
    }
}

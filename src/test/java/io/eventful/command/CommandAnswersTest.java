package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Fields;
import io.eventful.edge.Upstreams;
import io.eventful.ledger.KeptReply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Heads of what callers are told of commands. */
class CommandAnswersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final CommandAnswers answers = new CommandAnswers(Duration.ofSeconds(7));

    private static Command command(Command.Status status) {
        return new Command(1, "id", status, null, "PUT", "/a", NOON, status.isEnd() ? NOON.plusSeconds(1) : null, null);
    }

    @Test
    void aCallerIsToldWhenToAskAgain() {
        Answer open = answers.accepted(command(Command.Status.PENDING), CommandAnswers.Repeat.NO);
        assertThat(open.fields().all("Retry-After")).containsExactly("7");
        assertThat(open.fields().all("Location")).containsExactly("/.eventful/commands/id");
        assertThat(open.fields().all("Preference-Applied")).containsExactly("respond-async");
        assertThat(open.fields().first("Idempotency-Replayed")).isEmpty();
        Answer ended = answers.accepted(command(Command.Status.SUCCEEDED), CommandAnswers.Repeat.YES);
        assertThat(ended.fields().all("Retry-After")).as("at once").containsExactly("0");
        assertThat(ended.fields().all("Idempotency-Replayed")).containsExactly("true");
        assertThat(answers.shown(command(Command.Status.RUNNING)).fields().all("Retry-After"))
                .containsExactly("7");
        assertThat(answers.shown(command(Command.Status.FAILED)).fields().first("Retry-After"))
                .isEmpty();
        assertThat(new CommandAnswers(Duration.ZERO).full().fields().all("Retry-After"))
                .containsExactly("1");
    }

    @Test
    void commandsAreNoCachesBusiness() {
        assertThat(answers.shown(command(Command.Status.FAILED)).fields().all("Cache-Control"))
                .containsExactly("private, no-store");
    }

    @Test
    void theOrdinaryReplyIsTheUpstreamsWithoutTheFieldsOfItsConnection() {
        byte[] body = {1, 2};
        Fields fields = Fields.NONE
                .and("ETag", "\"1\"")
                .and("Content-Length", "2")
                .and("Transfer-Encoding", "chunked")
                .and("Keep-Alive", "timeout=5")
                .and("Connection", "keep-alive, X-Hop")
                .and("x-hop", "1")
                .and("Set-Cookie", "a")
                .and("Set-Cookie", "b");
        Answer ordinary = CommandAnswers.ordinary(new Upstreams.Fetched(201, fields, new Body.Whole(body)))
                .orElseThrow();
        assertThat(ordinary.status()).isEqualTo(201);
        assertThat(ordinary.fields())
                .isEqualTo(
                        Fields.NONE.and("ETag", "\"1\"").and("Set-Cookie", "a").and("Set-Cookie", "b"));
        assertThat(ordinary.body()).isEqualTo(body);
        assertThat(CommandAnswers.ordinary(new Upstreams.Fetched(200, fields, new Body.Partial(body))))
                .as("too large to be read whole")
                .isEmpty();
    }

    @Test
    void theStoredReplyOfACommandIsThatOfARepeat() {
        byte[] head = "[[\"ETag\",\"\\\"1\\\"\"]]".getBytes();
        Answer stored = CommandAnswers.stored(ended(null, new KeptReply(201, head, new byte[] {1})))
                .orElseThrow();
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.body()).containsExactly(1);
        assertThat(stored.fields()).isEqualTo(Fields.NONE.and("ETag", "\"1\"").and("Idempotency-Replayed", "true"));
        assertThat(CommandAnswers.stored(ended("reply-lost", new KeptReply(204, "[]".getBytes(), new byte[0]))))
                .get()
                .satisfies(made -> assertThat(made.fields().first("Idempotency-Reconstructed"))
                        .hasValue("true"));
        assertThat(CommandAnswers.stored(ended(null, new KeptReply(200, head, null))))
                .as("not stored whole")
                .isEmpty();
        assertThat(CommandAnswers.stored(ended("cancelled", null))).isEmpty();
        assertThat(CommandAnswers.stored(command(Command.Status.RUNNING))).isEmpty();
    }

    private static Command ended(String reason, KeptReply reply) {
        return new Command(1, "id", Command.Status.SUCCEEDED, reason, "PUT", "/a", NOON, NOON, reply);
    }
}

package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.KeptReply;
import io.eventful.store.Databases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rows of commands promise, on every database. */
abstract class CommandStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final byte[] REQUEST = "sealed".getBytes(StandardCharsets.UTF_8);

    private Databases databases;
    private CommandStore store;
    private Rows rows;

    abstract Databases databases();

    @BeforeEach
    void open() {
        databases = databases();
        store = new CommandStore(databases.open("ledger"));
        rows = new Rows(databases.open("ledger"));
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) databases).close();
    }

    private static CommandStore.Draft draft(String id) {
        return new CommandStore.Draft(
                id,
                "PUT",
                "/customers/1",
                "lane",
                "default",
                "owner",
                "claim-" + id,
                "print-" + id,
                false,
                NOON,
                REQUEST);
    }

    private Pending insert(String id) {
        return store.insert(draft(id)).join().orElseThrow();
    }

    private static End succeeded() {
        return new End(
                Command.Status.SUCCEEDED,
                null,
                new KeptReply(200, "[]".getBytes(StandardCharsets.UTF_8), "body".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsAcceptedIsFoundAgainInOrderWithItsRequest() {
        Pending first = insert("a");
        Pending second = insert("b");
        assertThat(second.number).isGreaterThan(first.number);
        assertThat(rows.pending(0, 10)).extracting(command -> command.id).containsExactly("a", "b");
        assertThat(rows.pending(first.number, 10))
                .extracting(command -> command.id)
                .containsExactly("b");
        assertThat(rows.request(first.number)).contains(REQUEST);
        assertThat(rows.find("a").orElseThrow().owner()).isEqualTo("owner");
        assertThat(rows.size()).isEqualTo(2L * REQUEST.length);
    }

    @Test
    void aClaimHasOneCommand() {
        insert("a");
        assertThat(store.insert(draft("a")).join()).isEqualTo(Optional.empty());
        assertThat(rows.byClaim("claim-a").orElseThrow().fingerprint()).isEqualTo("print-a");
    }

    @Test
    void anEndIsKeptOnceAndTheRequestIsForgotten() {
        Pending command = insert("a");
        assertThat(store.end(command.number, succeeded(), NOON).join()).isTrue();
        assertThat(store.end(command.number, End.failed("late"), NOON).join()).isFalse();
        assertThat(rows.request(command.number)).isEmpty();
        assertThat(rows.pending(0, 10)).isEmpty();
        Command ended = rows.find("a").orElseThrow().command();
        assertThat(ended.status()).isEqualTo(Command.Status.SUCCEEDED);
        assertThat(ended.ended()).isEqualTo(NOON);
        assertThat(ended.reason()).isNull();
        KeptReply reply = ended.reply();
        assertThat(reply).isNotNull();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.head()).asString().isEqualTo("[]");
        assertThat(reply.body()).asString().isEqualTo("body");
        assertThat(rows.size()).isEqualTo(6);
    }

    /** So nobody has to ask the store what it has just taken. */
    @Test
    void aCommandIsShownByTheMemoryAsByTheStore() {
        RequestHead head = new RequestHead("PUT", "/customers/1", "/customers/1", "", Fields.NONE, "", "http", "");
        Pending command = insert("a");
        assertThat(command.shown(head)).isEqualTo(rows.find("a").orElseThrow().command());
        Instant later = NOON.plusNanos(1);
        store.end(command.number, succeeded(), later).join();
        command.done.complete(new Pending.Ended(succeeded(), later, Optional.empty()));
        assertThat(command.shown(head))
                .usingRecursiveComparison()
                .isEqualTo(rows.find("a").orElseThrow().command());
    }

    @Test
    void anEndWithoutAReplyTellsItsReason() {
        store.end(insert("a").number, End.failed("gave-up"), NOON).join();
        Command ended = rows.find("a").orElseThrow().command();
        assertThat(ended.status()).isEqualTo(Command.Status.FAILED);
        assertThat(ended.reason()).isEqualTo("gave-up");
        assertThat(ended.reply()).isNull();
    }

    @Test
    void aCancelledCommandGivesItsClaimBack() {
        store.end(insert("a").number, End.failed(End.CANCELLED), NOON).join();
        assertThat(rows.find("a")).isPresent();
        assertThat(rows.byClaim("claim-a")).isEmpty();
        store.end(insert("b").number, End.failed("gave-up"), NOON).join();
        assertThat(rows.byClaim("claim-b")).isPresent();
    }

    @Test
    void whatMayBeRepeatedMayBeSoAfterARestart() {
        insert("put");
        for (boolean keyed : new boolean[] {true, false})
            store.insert(new CommandStore.Draft(
                            keyed ? "keyed" : "post",
                            "POST",
                            "/customers",
                            "lane",
                            "default",
                            "owner",
                            "claim-" + keyed,
                            "print",
                            keyed,
                            NOON,
                            REQUEST))
                    .join();
        assertThat(rows.pending(0, 10)).extracting(found -> found.repeatable).containsExactly(true, true, false);
        assertThat(rows.pending(0, 10)).extracting(Pending::isKeyed).containsExactly(false, true, false);
    }

    @Test
    void doubtSurvives() {
        Pending command = insert("a");
        store.doubt(command.number).join();
        assertThat(rows.pending(0, 10)).extracting(found -> found.doubtful).containsExactly(true);
    }

    @Test
    void anEventIsDueUntilItIsPublished() {
        Pending command = insert("a");
        assertThat(rows.due(0, 10)).isEmpty();
        store.end(command.number, succeeded(), NOON).join();
        assertThat(rows.due(0, 10)).extracting(Command::id).containsExactly("a");
        store.announced(command.number).join();
        assertThat(rows.due(0, 10)).isEmpty();
    }

    @Test
    void whatHasExpiredOrIsTooMuchIsForgotten() {
        for (String id : List.of("a", "b", "c")) {
            Pending command = insert(id);
            store.end(command.number, succeeded(), NOON.plusSeconds(command.number))
                    .join();
            store.announced(command.number).join();
        }
        insert("open");
        assertThat(store.sweep(NOON, 1, 10).join().commands()).isEqualTo(2);
        assertThat(rows.list(null, Long.MAX_VALUE, 10)).extracting(Command::id).containsExactly("open", "c");
        assertThat(store.sweep(NOON.plusSeconds(100_000), 10, 10).join()).isEqualTo(new CommandStore.Swept(6, 1));
        assertThat(rows.list(Command.Status.PENDING, Long.MAX_VALUE, 10))
                .extracting(Command::id)
                .containsExactly("open");
    }
}

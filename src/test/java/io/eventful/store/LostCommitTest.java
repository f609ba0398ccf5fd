package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.store.BreakingLine.Break;
import io.eventful.store.BreakingLine.Passage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group whose connection is lost while it is committed happens once, whichever way it went. */
class LostCommitTest {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    private BreakingLine line;
    private JdbcDatabases databases;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        URI direct = URI.create(SERVER.freshUrl().substring("jdbc:".length()));
        line = new BreakingLine(direct.getPort());
        // Without prepared statements the text of each is on the line.
        String through =
                "jdbc:" + direct.toString().replace(":" + direct.getPort(), ":" + line.port()) + "&prepareThreshold=0";
        databases = new JdbcDatabases(
                new StoreSettings(through, null, null, 1000, 256, 2), new DataFolder(Path.of("unused")));
        database = databases.open("contract");
    }

    @AfterEach
    void close() throws Exception {
        databases.close();
        line.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_THE_COMMIT_ARRIVES", "BEFORE_ITS_ANSWER_ARRIVES"})
    void theGroupIsWrittenOnceAndItsCallersNoticeNothing(Break at) throws Exception {
        database.write(DatabaseContract.insert("before")).get(10, SECONDS);
        line.breaks(at);
        CompletableFuture<Long> written = database.write(DatabaseContract.insert("once"));
        assertThat(written.get(30, SECONDS)).isGreaterThan(1);
        assertThat(line.hasBroken()).isTrue();
        assertThat(names()).containsExactly("before", "once");
    }

    @Test
    void whatWroteNothingIsAnsweredToo() throws Exception {
        line.breaks(Break.BEFORE_ITS_ANSWER_ARRIVES);
        assertThat(database.write(DatabaseContract::names).get(30, SECONDS)).isEmpty();
        assertThat(line.hasBroken()).isTrue();
    }

    @Test
    void whatWasCommittedIsNotRefusedWhileTheStoreCannotBeAsked() throws Exception {
        CompletableFuture<Long> unsure = unsure(Break.BEFORE_ITS_ANSWER_ARRIVES);
        line.mend();
        assertThat(unsure.get(30, SECONDS)).isGreaterThan(1);
        assertThat(names()).containsExactly("before", "unsure");
        database.write(DatabaseContract.insert("after")).get(30, SECONDS);
    }

    @Test
    void whatWasNotCommittedIsRefusedAsSoonAsTheStoreSaysSo() throws Exception {
        CompletableFuture<Long> unsure = unsure(Break.BEFORE_THE_COMMIT_ARRIVES);
        line.mend();
        assertThatThrownBy(() -> unsure.get(30, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(names()).containsExactly("before");
        database.write(DatabaseContract.insert("after")).get(30, SECONDS);
    }

    @Test
    void whoClosesAStoreThatCannotBeAskedDoesNotWaitForIt() throws Exception {
        CompletableFuture<Long> unsure = unsure(Break.BEFORE_ITS_ANSWER_ARRIVES);
        databases.close();
        assertThatThrownBy(() -> unsure.get(30, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    /** A write whose commit nobody knows the fate of, and that is told nothing while others are refused. */
    private CompletableFuture<Long> unsure(Break at) throws Exception {
        database.write(DatabaseContract.insert("before")).get(10, SECONDS);
        line.breaks(at, Passage.SHUT);
        CompletableFuture<Long> unsure = database.write(DatabaseContract.insert("unsure"));
        await().atMost(30, SECONDS).until(() -> line.refused() > 1);
        assertThatThrownBy(() ->
                        database.write(DatabaseContract.insert("meanwhile")).get(30, SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(unsure).isNotDone();
        return unsure;
    }

    private List<String> names() {
        return database.read(DatabaseContract::names);
    }
}

package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.BreakingLine.Break;
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

    private List<String> names() {
        return database.read(DatabaseContract::names);
    }
}

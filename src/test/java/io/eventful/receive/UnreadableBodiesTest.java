package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnreadableBodiesTest extends HouseFixture {

    /** Who decodes it quotes what cannot be decoded. */
    @Test
    void noPieceOfABodyIsLogged() throws Exception {
        house.route("in", "webhook-in:/in?provider=bearer&secret=s");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(ReceivedCall.class);
        Level level = log.getLevel();
        log.setLevel(Level.DEBUG);
        log.addAppender(lines);
        try {
            String[] fields = {"Authorization", "Bearer s", "Content-Type", "application/x-www-form-urlencoded"};
            assertThat(house.post("/in", "card=%zq", fields).statusCode()).isEqualTo(400);
        } finally {
            log.detachAppender(lines);
            log.setLevel(level);
        }
        assertThat(lines.list).isNotEmpty().allSatisfy(line -> {
            assertThat(line.getFormattedMessage()).doesNotContain("zq");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }
}

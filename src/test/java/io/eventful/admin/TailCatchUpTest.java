package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Readers of a tail that begin with what is stored. */
class TailCatchUpTest extends TailFixture {

    @Test
    void aReaderWhoMayReadNothingGetsNothingStoredEither() throws Exception {
        publish(3);
        allowed.set(false);
        try (InputStream stream = stream("/guarded", "Last-Event-ID", "0")) {
            assertThat(data(stream, 1)).isEmpty();
        }
    }

    /** Somebody signs out in the middle of a long history. */
    @Test
    void aReaderWhoMayReadNoMoreGetsNoMoreOfWhatIsStored() throws Exception {
        publish(600);
        publications.asked = sequence -> allowed.set(sequence == 0);
        try (InputStream stream = stream("/guarded", "Last-Event-ID", "0")) {
            assertThat(data(stream, 600)).hasSize(256);
        }
    }

    /** The stored ones are read by the page, and those that are published meanwhile come to be stored ones. */
    @Test
    void whatIsPublishedDuringALongHistoryIsNotLost() throws Exception {
        publish(1);
        publications.asked = sequence -> {
            if (publications.all.size() < 4_000) publish(1_100);
        };
        try (InputStream stream = tail("", "Last-Event-ID", "0")) {
            assertThat(lines(stream, "id:", 4_401)).hasSize(4_401).doesNotHaveDuplicates();
            publish(1);
            assertThat(lines(stream, ":lost", 1)).isEmpty();
        }
    }
}

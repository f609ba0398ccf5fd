package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @ParameterizedTest
    @CsvSource({"70, 70", "' 7 ', 7", "0, 0", "-1, -1", "7x, -1", "'', -1", "99999999999999999999, -1"})
    void aLengthIsDigits(String text, long length) {
        assertThat(Fields.NONE.and("Content-Length", text).contentLength()).isEqualTo(length);
        assertThat(Fields.NONE.contentLength()).isEqualTo(-1);
    }

    @Test
    void aClientMayWaitToBeAskedForItsBody() {
        assertThat(Fields.NONE.and("Expect", "100-Continue").expectContinue()).isTrue();
        assertThat(Fields.NONE.and("Expect", "something").expectContinue()).isFalse();
        assertThat(Fields.NONE.expectContinue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Application/JSON; charset=utf-8, application/json", "' text/csv ', text/csv", "'', ''"})
    void aMediaTypeHasNoParameters(String text, String type) {
        assertThat(Fields.NONE.and("content-type", text).mediaType()).isEqualTo(type);
        assertThat(Fields.NONE.mediaType()).isEmpty();
    }

    @Test
    void aTraceIsTakenAsItCame() {
        assertThat(Fields.NONE.and("Traceparent", TRACE).traceparent()).contains(TRACE);
        assertThat(Fields.NONE
                        .and("traceparent", TRACE.replaceFirst("00", "cc") + "-later")
                        .traceparent())
                .isPresent();
        assertThat(Fields.NONE.traceparent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "nonsense"
            })
    void aMalformedTraceIsNone(String text) {
        assertThat(Fields.NONE.and("traceparent", text).traceparent()).isEmpty();
    }

    @Test
    void whatIsForOneHopIsLeftOutAndSoIsWhatItNames() {
        Fields fields = Fields.NONE
                .and("Connection", "close, X-Hop, Content-Type, Authorization")
                .and("Keep-Alive", "timeout=5")
                .and("Transfer-Encoding", "chunked")
                .and("X-Hop", "1")
                .and("Content-Type", "text/plain")
                .and("Authorization", "Bearer t")
                .and("X-End", "2");

        assertThat(fields.endToEnd().entries())
                .extracting(Fields.Field::name)
                .containsExactly("Content-Type", "Authorization", "X-End");
    }

    @Test
    void namesAreLeftOutInAnyCase() {
        Fields fields = Fields.NONE.and("A", "1").and("b", "2").and("a", "3").and("C", "4");

        assertThat(fields.without("A").entries())
                .extracting(Fields.Field::value)
                .containsExactly("2", "4");
        assertThat(fields.without(Set.of("a", "c")).entries())
                .extracting(Fields.Field::value)
                .containsExactly("2");
    }
}

package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7240, with the examples of its section 2. */
class PreferencesTest {

    private static Fields prefer(String... lines) {
        Fields fields = Fields.NONE;
        for (String line : lines) fields = fields.and("Prefer", line);
        return fields;
    }

    @Test
    void oneLineOrSeveralInAnyCase() {
        for (Fields fields : new Fields[] {
            prefer("respond-async, wait=10"),
            prefer("Respond-Async", "WAIT=\"10\""),
            prefer("wait = 10 , respond-async")
        }) {
            assertThat(Preferences.of(fields).respondAsync()).isTrue();
            assertThat(Preferences.of(fields).waiting()).contains(Duration.ofSeconds(10));
        }
    }

    @Test
    void theFirstOfTwoCounts() {
        assertThat(Preferences.of(prefer("wait=3", "wait=9")).waiting()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=", "wait=-1", "wait=1.5", "x=\"respond-async, wait=1\""})
    void whatIsNoNumberOfSecondsIsNoWait(String line) {
        assertThat(Preferences.of(prefer(line)).waiting()).isEmpty();
        assertThat(Preferences.of(prefer(line)).respondAsync()).isFalse();
    }

    @Test
    void aWaitHasUpToSixDigits() {
        assertThat(Preferences.of(prefer("wait=907060")).waiting()).contains(Duration.ofSeconds(907_060));
        assertThat(Preferences.of(prefer("wait=0")).waiting()).contains(Duration.ZERO);
        assertThat(Preferences.of(prefer("wait=0000000005")).waiting()).contains(Duration.ofSeconds(5));
    }

    /** Whoever waits cuts it: a client that writes more than anybody waits means as long as possible. */
    @ParameterizedTest
    @ValueSource(strings = {"wait=1000000", "wait=99999999999999999999999"})
    void aWaitThatIsTooLongForAnybodyIsTheLongest(String line) {
        assertThat(Preferences.of(prefer(line)).waiting()).contains(Preferences.LONGEST);
    }

    @Test
    void aCommaInQuotesPartsNothing() {
        Fields fields = prefer("x=\"a, respond-async, b\", wait=3", "y=\"wait=9\"");
        assertThat(Preferences.of(fields).respondAsync()).isFalse();
        assertThat(Preferences.of(fields).waiting()).contains(Duration.ofSeconds(3));
        assertThat(Preferences.honoured(fields).all("Prefer"))
                .containsExactly("x=\"a, respond-async, b\", y=\"wait=9\"");
    }

    @Test
    void parametersOfAPreferenceAreNotItsValue() {
        assertThat(Preferences.of(prefer("wait;x=5")).waiting()).isEmpty();
        assertThat(Preferences.of(prefer("wait=4;x=5")).waiting()).contains(Duration.ofSeconds(4));
        assertThat(Preferences.of(prefer("respond-async; x=\"y\"")).respondAsync())
                .isTrue();
    }

    @Test
    void whatIsHonouredHereDoesNotGoOn() {
        Fields left = Preferences.honoured(prefer("respond-async, return=minimal", "wait=5; x=1"));
        assertThat(left.all("Prefer")).containsExactly("return=minimal");
        assertThat(Preferences.honoured(prefer("respond-async")).all("Prefer")).isEmpty();
    }
}

package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import jakarta.servlet.http.Cookie;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Which requests keep a session. */
class ConsoleAccessControlTest {

    private static final Duration IDLE = Duration.ofHours(2);

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final ConsoleAccessControl gate = new ConsoleAccessControl(new ConsoleSessions(
            new AdminSettings.Console(IDLE, Duration.ofHours(12), Duration.ofSeconds(45)), clock, new SecureRandom()));
    private final Cookie cookie = signIn();

    private Cookie signIn() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        gate.open(new MockHttpServletRequest(), response);
        return response.getCookies()[0];
    }

    private int get(String path, String... field) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setCookies(cookie);
        if (field.length > 0) request.addHeader(field[0], field[1]);
        MockHttpServletResponse response = new MockHttpServletResponse();
        gate.pass(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @ParameterizedTest
    @CsvSource({"/console,HX-Request", "/console/replays,HX-Request", "/console/tail/events,Last-Event-ID"})
    void aPageThatRefreshesItselfKeepsNoSession(String path, String field) throws Exception {
        for (int half = 0; half < 2; half++) {
            assertThat(get(path, field, "1")).isEqualTo(200);
            clock.advance(IDLE.dividedBy(2));
        }
        assertThat(get(path, field, "1")).isEqualTo(303);
        assertThat(get("/console")).isEqualTo(303);
    }

    @Test
    void whoReadsPagesKeepsIt() throws Exception {
        for (int half = 0; half < 4; half++) {
            assertThat(get("/console")).isEqualTo(200);
            clock.advance(IDLE.dividedBy(2));
        }
        assertThat(get("/console/changes")).isEqualTo(200);
    }

    /** It is matched before the key is judged. */
    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a.b-c_d", "/"})
    void aLongPathIsJudgedLikeAShortOne(String segment) {
        String path = "/console" + segment.repeat(4_000);
        assertThat(ConsoleAccessControl.covers(path)).isEqualTo(!segment.equals("/"));
        assertThat(ConsoleAccessControl.covers(path + "/.")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/,true", "/console,true", "/console/,false", "/console/a,true", "/console/a/b-c_1.css,true",
        "/console/a/,false", "/console//a,false", "/console/.a,false", "/console/..,false", "/console/%61,false",
        "/consoles,false", "/api/changes,false"
    })
    void onlyPlainPathsBelongToTheConsole(String path, boolean covered) {
        assertThat(ConsoleAccessControl.covers(path)).isEqualTo(covered);
    }
}

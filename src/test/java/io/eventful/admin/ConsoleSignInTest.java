package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ConcurrentModel;

/** Sign-in pages of a browser that has a session by now: another tab signed in first. */
class ConsoleSignInTest {

    private static final String KEY = "correct horse battery";
    private static final String TO = "/console/changes";

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final ConsoleAccessControl gate = new ConsoleAccessControl(new ConsoleSessions(
            new AdminSettings.Console(Duration.ofHours(2), Duration.ofHours(12), Duration.ofSeconds(45)),
            clock,
            new SecureRandom()));
    private final ConsoleSignIn page = new ConsoleSignIn(
            new KeyCheck(
                    AdminKey.of(KEY, Path.of("none"), new SecureRandom()),
                    new WrongKeyLimiter(new AdminSettings.Guesses(10, Duration.ofMinutes(1), 10), clock)),
            gate);

    private String shown = "";

    private MockHttpServletResponse send(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain pages = (asked, reply) -> shown = request.getMethod().equals("GET")
                ? page.page(TO, (HttpServletRequest) asked, new ConcurrentModel())
                : page.signIn(
                        String.valueOf(asked.getParameter("key")),
                        TO,
                        (HttpServletRequest) asked,
                        (HttpServletResponse) reply,
                        new ConcurrentModel());
        shown = "";
        gate.pass(request, response, pages);
        return response;
    }

    private static MockHttpServletRequest asking(String method, Cookie... cookies) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, ConsoleAccessControl.SIGN_IN);
        if (cookies.length > 0) request.setCookies(cookies);
        return request;
    }

    private static MockHttpServletRequest form(String key, Cookie... cookies) {
        MockHttpServletRequest request = asking("POST", cookies);
        request.setParameter("key", key);
        return request;
    }

    private Cookie signedIn() throws Exception {
        return send(form(KEY)).getCookies()[0];
    }

    @Test
    void theFormOfASecondTabSignsInToo() throws Exception {
        Cookie first = signedIn();
        MockHttpServletResponse second = send(form(KEY, first));
        assertThat(second.getStatus()).isEqualTo(200);
        assertThat(shown).isEqualTo("redirect:" + TO);
        assertThat(second.getCookies()).as("the pages of the first tab go on").isEmpty();
        MockHttpServletRequest next = new MockHttpServletRequest("GET", TO);
        next.setCookies(first);
        assertThat(send(next).getStatus()).isEqualTo(200);
    }

    @Test
    void theSignInPageLeadsOnWhoIsSignedIn() throws Exception {
        Cookie cookie = signedIn();
        send(asking("GET", cookie));
        assertThat(shown).isEqualTo("redirect:" + TO);
        send(asking("GET"));
        assertThat(shown).isEqualTo("console/sign-in");
        clock.advance(Duration.ofHours(12));
        send(asking("GET", cookie));
        assertThat(shown).isEqualTo("console/sign-in");
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() throws Exception {
        for (String[] field :
                new String[][] {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://elsewhere.example"}})
            for (Cookie[] cookies : new Cookie[][] {{}, {signedIn()}}) {
                MockHttpServletRequest foreign = form(KEY, cookies);
                foreign.addHeader(field[0], field[1]);
                MockHttpServletResponse refused = send(foreign);
                assertThat(refused.getStatus()).isEqualTo(403);
                assertThat(refused.getCookies()).isEmpty();
                assertThat(shown).isEmpty();
            }
    }

    @Test
    void otherFormsStillNeedTheTokenOfTheSession() throws Exception {
        MockHttpServletRequest signOut = new MockHttpServletRequest("POST", "/console/sign-out");
        signOut.setCookies(signedIn());
        assertThat(send(signOut).getStatus()).isEqualTo(403);
    }

    @Test
    void aWrongKeyIsToldWithASessionToo() throws Exception {
        assertThat(send(form("wrong-key", signedIn())).getStatus()).isEqualTo(403);
        assertThat(shown).isEqualTo("console/sign-in");
    }
}

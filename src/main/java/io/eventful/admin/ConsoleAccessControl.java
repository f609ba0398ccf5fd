package io.eventful.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.ResponseCookie;

/**
 * Access control of the console: pages need a session, except for the sign-in page. The session cookie is valid only for
 * the console and never for the API, so another site cannot use it to call the API (CSRF).
 */
final class ConsoleAccessControl {

    static final String HOME = "/console";
    static final String SIGN_IN = "/console/sign-in";
    static final String CSRF = "_csrf";

    private static final String COOKIE = "eventful-console";

    /**
     * Only unescaped paths, so that every page has exactly one URL. Possessive: a stranger's path may be long, and each
     * repetition of a group that could be taken back costs a frame of the stack.
     */
    private static final Pattern PATHS = Pattern.compile("/|/console(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*+)*+");

    /** The sign-in page and its style sheet, which need no session. */
    private static final Set<String> OPEN = Set.of(SIGN_IN, "/console/assets/console.css");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsoleSessions sessions;

    ConsoleAccessControl(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether a raw path belongs to the console. */
    static boolean covers(String uri) {
        return PATHS.matcher(uri).matches();
    }

    /** Handles a request with the admin key: it needs no session. */
    void passWithKey(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers(response);
        request.setAttribute(ConsoleSession.ATTRIBUTE, sessions.transientSession());
        chain.doFilter(request, response);
    }

    /** Handles a request without the admin key: passes it on with a session, otherwise redirects to the sign-in page. */
    void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers(response);
        if (request.getRequestURI().equals("/")) {
            redirect(response, HOME);
            return;
        }
        boolean writes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        Optional<ConsoleSession> session = session(request);
        session.ifPresent(found -> request.setAttribute(ConsoleSession.ATTRIBUTE, found));
        if (session.isEmpty() && !OPEN.contains(request.getRequestURI())) {
            // The content of a form that is sent without a session is lost; the user fills it in again after signing
            // in.
            redirect(response, isByItself(request) ? SIGN_IN : AskedPage.signIn(request));
        } else if (writes && (isForeign(request) || session.isPresent() && !isOurs(request, session.get()))) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                    .write("The form has expired or comes from another site. Go back, reload the page and try"
                            + " again.\n");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }

    /** Opens a session for a browser. One that it has goes on, because the pages in its other tabs belong to that. */
    void open(HttpServletRequest request, HttpServletResponse response) {
        if (session(request).isEmpty()) cookie(request, response, sessions.open(), -1);
    }

    /** Ends the session of a browser. */
    void close(HttpServletRequest request, HttpServletResponse response) {
        id(request).ifPresent(sessions::close);
        cookie(request, response, "", 0);
    }

    private static void cookie(HttpServletRequest request, HttpServletResponse response, String value, long age) {
        // Cookies are not separated by port; the path keeps this one from other services on the host.
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(COOKIE, value)
                        .path(HOME)
                        .httpOnly(true)
                        .sameSite("Strict")
                        .secure(request.isSecure())
                        .maxAge(age)
                        .build()
                        .toString());
    }

    private Optional<ConsoleSession> session(HttpServletRequest request) {
        return id(request).flatMap(isByItself(request) ? sessions::find : sessions::touch);
    }

    /** Whether the page sent the request by itself: an automatic refresh, or a reconnect of the live tail. */
    private static boolean isByItself(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null
                || request.getRequestURI().equals(TailPage.EVENTS);
    }

    private static Optional<String> id(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return Optional.empty();
        for (Cookie cookie : cookies) if (cookie.getName().equals(COOKIE)) return Optional.of(cookie.getValue());
        return Optional.empty();
    }

    /**
     * Whether a form is one of the session. The form of the sign-in is of none: it was shown before, perhaps in a tab
     * where nobody had signed in, and it contains the key, which no other site knows.
     */
    private static boolean isOurs(HttpServletRequest request, ConsoleSession session) {
        if (request.getRequestURI().equals(SIGN_IN)) return true;
        String token = request.getParameter(CSRF);
        return token != null && session.matches(token);
    }

    /** Whether the browser says that the form comes from another origin. Without such headers, only the CSRF token decides. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        // Preferred to Origin, because a proxy may have changed the Host that Origin is compared with.
        if (site != null) return !site.equals("same-origin") && !site.equals("none");
        String origin = request.getHeader("Origin");
        if (origin == null) return false;
        try {
            return !String.valueOf(URI.create(origin).getRawAuthority()).equals(request.getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}

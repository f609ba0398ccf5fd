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
 * Lets people into the console: with a session, or to the page that opens one. The session's cookie opens the console
 * alone and never the API, so no other site can use it there.
 */
final class ConsoleGate {

    static final String HOME = "/console";
    static final String SIGN_IN = "/console/sign-in";
    static final String CSRF = "_csrf";

    private static final String COOKIE = "eventful-console";

    /** Plain paths alone: nothing here is spelt in a second way. */
    private static final Pattern PATHS = Pattern.compile("/|/console(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** The page that signs in, and how it looks. */
    private static final Set<String> OPEN = Set.of(SIGN_IN, "/console/assets/console.css");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsoleSessions sessions;

    ConsoleGate(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether a path, as it was sent, belongs to the console. */
    static boolean covers(String uri) {
        return PATHS.matcher(uri).matches();
    }

    /** Lets a request pass that has brought the admin key. */
    void passWithKey(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers(response);
        request.setAttribute(ConsoleSession.ATTRIBUTE, sessions.passing());
        chain.doFilter(request, response);
    }

    /** Lets a request pass that has a session, or needs none; sends others to the sign-in page. */
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
            // A form that was sent without a session is lost: it is asked for again after signing in.
            redirect(response, SIGN_IN);
        } else if (writes && (isForeign(request) || session.isPresent() && !isOurs(request, session.get()))) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                    .write("The form is too old, or comes from another site. Go back, reload the page, try again.\n");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }

    /** Opens a session for a browser. */
    void open(HttpServletRequest request, HttpServletResponse response) {
        session(request).ifPresent(old -> id(request).ifPresent(sessions::close));
        cookie(request, response, sessions.open(), -1);
    }

    /** Ends the session of a browser. */
    void close(HttpServletRequest request, HttpServletResponse response) {
        id(request).ifPresent(sessions::close);
        cookie(request, response, "", 0);
    }

    private static void cookie(HttpServletRequest request, HttpServletResponse response, String value, long age) {
        // Cookies know no ports: the path keeps it from what else this host serves.
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
        return id(request).flatMap(isByItself(request) ? sessions::find : sessions::use);
    }

    /** Whether the page asks and not somebody before it: a part that refreshes itself, a stream that is opened again. */
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

    private static boolean isOurs(HttpServletRequest request, ConsoleSession session) {
        String token = request.getParameter(CSRF);
        return token != null && session.matches(token);
    }

    /** What a browser says of where a form comes from; one that says nothing is judged by the form's token alone. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        // The browser knows the name by which it got here; a proxy may have given the request another.
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

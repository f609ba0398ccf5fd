package io.eventful.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Requires the admin key for every request, except for the health endpoints; the console has its own sign-in, see
 * {@link ConsoleAccessControl}. Unknown paths and error pages need the key too, so that an unauthenticated client
 * cannot find out which paths exist.
 */
final class AdminKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final KeyCheck keys;
    private final ConsoleAccessControl access;

    AdminKeyFilter(KeyCheck keys, ConsoleAccessControl access) {
        this.keys = keys;
        this.access = access;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isHealth(request)) {
            boolean keyed = verdict(request) instanceof KeyDecision.Accepted;
            chain.doFilter(keyed ? new Keyed(request) : request, response);
            return;
        }
        Optional<String> page = ConsoleTrailingSlash.redirect(request);
        if (page.isPresent()) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", page.get());
            response.setHeader("Cache-Control", "no-store");
            return;
        }
        boolean console = ConsoleAccessControl.covers(request.getRequestURI());
        switch (verdict(request)) {
            case KeyDecision.Throttled later -> refuse(response, later);
            case KeyDecision.Accepted right -> {
                if (console) access.passWithKey(request, response, chain);
                else chain.doFilter(new Keyed(request), response);
            }
            case KeyDecision.Rejected wrong -> {
                if (console) access.pass(request, response, chain);
                else refuse(response);
            }
        }
    }

    /** A missing key is rejected like a wrong one, but does not count as a guess. */
    private KeyDecision verdict(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) return new KeyDecision.Rejected();
        return keys.check(
                KeyClient.of(request), header.substring(SCHEME.length()).strip());
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"eventful admin\"");
        problem(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "Unauthorized",
                "Send the admin key as Authorization: Bearer <key>. It is eventful.admin.key,"
                        + " or the content of admin.key in the data folder.");
    }

    private static void refuse(HttpServletResponse response, KeyDecision.Throttled later) throws IOException {
        response.setHeader("Retry-After", String.valueOf(later.seconds()));
        problem(
                response,
                429,
                "Too many wrong keys",
                "Too many wrong keys came from this address. Keys from it are not checked for " + later.seconds()
                        + " seconds (eventful.admin.guesses). The right key still works from other addresses.");
    }

    /** Written directly to the response, because the request has not reached Spring MVC yet. */
    private static void problem(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(RawProblem.TYPE);
        response.getOutputStream().write(RawProblem.of(status, title, detail));
    }

    /** A request with the right key, as an authenticated user: the health endpoints show components only to those. */
    private static final class Keyed extends HttpServletRequestWrapper {

        Keyed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> "admin";
        }
    }

    /** Compares the raw URI, so that no encoded form of another path is taken for a health endpoint. */
    private static boolean isHealth(HttpServletRequest request) {
        String uri = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads
                && (uri.equals("/actuator/health")
                        || uri.equals("/actuator/health/readiness")
                        || uri.equals("/actuator/health/liveness"));
    }
}

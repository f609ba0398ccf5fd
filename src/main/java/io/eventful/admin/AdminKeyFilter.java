package io.eventful.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without the admin key, except to the health of the gateway, and to where the console
 * lets people sign in. It also covers paths that do not exist and
 * error pages, so that a stranger learns nothing of what is there.
 */
final class AdminKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final KeyCheck keys;
    private final ConsoleGate gate;

    AdminKeyFilter(KeyCheck keys, ConsoleGate gate) {
        this.keys = keys;
        this.gate = gate;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isHealth(request)) {
            boolean keyed = verdict(request) instanceof KeyVerdict.Right;
            chain.doFilter(keyed ? new Keyed(request) : request, response);
            return;
        }
        boolean console = ConsoleGate.covers(request.getRequestURI());
        switch (verdict(request)) {
            case KeyVerdict.Later later -> refuse(response, later);
            case KeyVerdict.Right right -> {
                if (console) gate.passWithKey(request, response, chain);
                else chain.doFilter(request, response);
            }
            case KeyVerdict.Wrong wrong -> {
                if (console) gate.pass(request, response, chain);
                else refuse(response);
            }
        }
    }

    /** No key is as good as a wrong one, but it is no guess. */
    private KeyVerdict verdict(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) return new KeyVerdict.Wrong();
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

    private static void refuse(HttpServletResponse response, KeyVerdict.Later later) throws IOException {
        response.setHeader("Retry-After", String.valueOf(later.seconds()));
        problem(
                response,
                429,
                "Too many wrong keys",
                "Too many wrong keys came from this address, so none is looked at for " + later.seconds()
                        + " seconds (eventful.admin.guesses). From other addresses the right key works meanwhile.");
    }

    /** Written by hand, as nothing beyond the filter has been reached. */
    private static void problem(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                                + detail + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** A request with the right key, as an authenticated user: only those are shown the parts of the health. */
    private static final class Keyed extends HttpServletRequestWrapper {

        Keyed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> "admin";
        }
    }

    /** The raw URI is compared, so that no second spelling of another path can pass as health. */
    private static boolean isHealth(HttpServletRequest request) {
        String uri = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads
                && (uri.equals("/actuator/health")
                        || uri.equals("/actuator/health/readiness")
                        || uri.equals("/actuator/health/liveness"));
    }
}

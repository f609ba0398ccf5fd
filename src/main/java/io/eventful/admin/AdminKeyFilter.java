package io.eventful.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without the admin key, except to the health of the gateway, and to where the console
 * lets people sign in. It also covers paths that do not exist and
 * error pages, so that a stranger learns nothing of what is there.
 */
final class AdminKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final AdminKey key;
    private final ConsoleGate console;

    AdminKeyFilter(AdminKey key, ConsoleGate console) {
        this.key = key;
        this.console = console;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean authorised = isAuthorised(request);
        if (ConsoleGate.covers(request.getRequestURI())) {
            if (authorised) console.passWithKey(request, response, chain);
            else console.pass(request, response, chain);
            return;
        }
        if (isHealth(request) || authorised) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer realm=\"eventful admin\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                                + "\"detail\":\"Send the admin key as Authorization: Bearer <key>. It is eventful.admin.key,"
                                + " or the content of admin.key in the data folder.\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private boolean isAuthorised(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) return false;
        return key.matches(header.substring(SCHEME.length()).strip());
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

package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Pages of the console that are asked for with a slash at the end: they are at the address without it. The sign-in page,
 * which needs no session, has exactly one address.
 */
final class ConsoleTrailingSlash {

    private ConsoleTrailingSlash() {}

    /** The address to redirect a request to; empty for all other requests, and for those that change something. */
    static Optional<String> redirect(HttpServletRequest request) {
        String uri = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        int end = uri.length();
        while (end > 1 && uri.charAt(end - 1) == '/') end--;
        String page = uri.substring(0, end);
        if (!reads || end == uri.length() || page.equals("/") || page.equals(ConsoleAccessControl.SIGN_IN))
            return Optional.empty();
        if (!ConsoleAccessControl.covers(page)) return Optional.empty();
        return Optional.of(request.getQueryString() == null ? page : page + "?" + request.getQueryString());
    }
}

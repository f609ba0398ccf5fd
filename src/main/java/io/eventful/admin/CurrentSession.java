package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;

/** Access to the console session of the current request. */
final class CurrentSession {

    private CurrentSession() {}

    /** The session of a request; every page but the sign-in has one. */
    static ConsoleSession of(HttpServletRequest request) {
        if (request.getAttribute(ConsoleSession.ATTRIBUTE) instanceof ConsoleSession session) return session;
        throw new IllegalStateException("every console request has a session");
    }
}

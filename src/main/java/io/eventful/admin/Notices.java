package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;

/** Where a page leaves word for the next one. */
final class Notices {

    private Notices() {}

    /** The session of a request; every page but the sign-in has one. */
    static ConsoleSession of(HttpServletRequest request) {
        if (request.getAttribute(ConsoleSession.ATTRIBUTE) instanceof ConsoleSession session) return session;
        throw new IllegalStateException("the console's gate lets nobody in without a session");
    }
}

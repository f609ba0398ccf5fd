package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The page that somebody asked for without a session: it is shown after the sign-in. */
final class AskedPage {

    /** Of the address of the sign-in, and of its form. */
    static final String PARAMETER = "to";

    private static final String ASSETS = "/console/assets/";
    private static final int MOST_CHARACTERS = 2_000;

    /** RFC 3986 {@code query}: nothing of it can end a header field, or is a template of an address. */
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*+");

    private AskedPage() {}

    /** The address of the sign-in for a request without a session. */
    static String signIn(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!request.getMethod().equals("GET") || path.startsWith(ASSETS) || path.equals(TailPage.EVENTS))
            return ConsoleAccessControl.SIGN_IN;
        String query = request.getQueryString();
        String asked = query == null ? path : path + '?' + query;
        return isPage(asked)
                ? ConsoleAccessControl.SIGN_IN
                        + '?'
                        + PARAMETER
                        + '='
                        + URLEncoder.encode(asked, StandardCharsets.UTF_8)
                : ConsoleAccessControl.SIGN_IN;
    }

    /** The address to go to after the sign-in; empty for the start page. Anybody can make a link to the sign-in. */
    static String checked(String address) {
        return isPage(address) ? address : "";
    }

    private static boolean isPage(String address) {
        if (address.length() > MOST_CHARACTERS) return false;
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        return path.startsWith(ConsoleAccessControl.HOME + "/")
                && !path.equals(ConsoleAccessControl.SIGN_IN)
                && ConsoleAccessControl.covers(path)
                && (query < 0 || QUERY.matcher(address.substring(query + 1)).matches());
    }
}

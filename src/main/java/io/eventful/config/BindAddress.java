package io.eventful.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The form of an address to listen on or to connect from. */
public final class BindAddress {

    private static final Pattern LIKE_IPV4 = Pattern.compile("[0-9.]+");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?\\.?");

    private BindAddress() {}

    /**
     * Whether a text is an IP address or may be a host name. A name is not looked up, and the address need not be one of this
     * machine yet: when the machine starts, both may come later than the gateway.
     */
    public static boolean isValid(String text) {
        if (text.indexOf(':') >= 0) return isIpv6(text.replaceFirst("%[A-Za-z0-9._-]+$", ""));
        return (LIKE_IPV4.matcher(text).matches() ? IPV4 : NAME).matcher(text).matches();
    }

    private static boolean isIpv6(String text) {
        try {
            // In brackets, the text is not looked up as a name.
            return InetAddress.getByName("[" + text + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

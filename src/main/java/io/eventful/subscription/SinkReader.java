package io.eventful.subscription;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks a sink; an address in an odd spelling is rewritten to the plain one that it means. */
final class SinkReader {

    private static final String EXAMPLE = "Use an absolute URL such as \"https://example.com/hook\".";

    private final SinkPolicy policy;

    SinkReader(SinkPolicy policy) {
        this.policy = policy;
    }

    /** The sink; null when it is reported as wrong. */
    @Nullable
    URI read(String text, String pointer, Findings findings) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            findings.problem(pointer, "is not a URI: " + e.getReason() + at(e.getIndex()), EXAMPLE);
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            findings.problem(pointer, "is not an http or https URL", EXAMPLE);
            return null;
        }
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            findings.problem(pointer, "has no host", EXAMPLE);
            return null;
        }
        if (authority.indexOf('@') >= 0) {
            findings.problem(
                    pointer,
                    "has user information before the host",
                    "Remove it, and use sinkcredential for credentials.");
            return null;
        }
        if (uri.getRawFragment() != null) {
            findings.problem(pointer, "has a fragment, which cannot be sent", "Remove everything from \"#\" on.");
            return null;
        }
        return host(uri, scheme, authority, pointer, findings);
    }

    private @Nullable URI host(URI uri, String scheme, String authority, String pointer, Findings findings) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && colon > authority.lastIndexOf(']');
        String host = port ? authority.substring(0, colon) : authority;
        String digits = port ? authority.substring(colon + 1) : "";
        if (!digits.isEmpty() && !validPort(digits)) {
            findings.problem(pointer, "has no valid port", "Use a port between 1 and 65535.");
            return null;
        }
        Optional<InetAddress> literal = HostLiterals.parse(host);
        if (literal.isEmpty() && (uri.getHost() == null || HostLiterals.numeric(host))) {
            findings.problem(
                    pointer,
                    "has no valid host",
                    "Use a host name of letters, digits and hyphens (international names as xn--…) or an IP address.");
            return null;
        }
        Optional<String> forbidden = literal.isPresent() ? policy.refusal(literal.get()) : policy.refusal(host);
        if (forbidden.isPresent()) {
            findings.problem(
                    pointer,
                    "resolves to a forbidden address: " + forbidden.get(),
                    "Use a public address, or ask the operator to add the network to"
                            + " eventful.delivery.allowed-networks.");
            return null;
        }
        return literal.isPresent() ? rewritten(uri, scheme, literal.get(), digits) : uri;
    }

    private static URI rewritten(URI uri, String scheme, InetAddress address, String port) {
        String text = SinkGuard.text(address);
        return URI.create(scheme
                + "://"
                + (text.indexOf(':') >= 0 ? "[" + text + "]" : text)
                + (port.isEmpty() ? "" : ":" + port)
                + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    private static boolean validPort(String digits) {
        if (digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return false;
        int port = Integer.parseInt(digits);
        return port > 0 && port < 65536;
    }

    private static String at(int index) {
        return index < 0 ? "" : " at character " + (index + 1);
    }
}

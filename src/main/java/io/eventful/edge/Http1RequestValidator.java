package io.eventful.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates HTTP/1.1 requests against request smuggling: accepts only what every implementation must interpret in the
 * same way (RFC 9112 §3, §6; RFC 9110 §7.2). Malformed lines, sizes, lengths and chunks are rejected by the decoder
 * before.
 */
final class Http1RequestValidator {

    static final Admission.Refused NO_TUNNELS =
            new Admission.Refused(501, "Not Implemented", "CONNECT is not supported: this port does not open tunnels.");

    static final Admission.Refused URI_TOO_LONG =
            new Admission.Refused(414, "URI Too Long", "The request line is longer than this port accepts.");

    static final Admission.Refused HEADER_TOO_LARGE = new Admission.Refused(
            431, "Request Header Fields Too Large", "The header section is larger than this port accepts.");

    private Http1RequestValidator() {}

    /** The result of the validation. */
    sealed interface Admission {
        /**
         * The request is valid.
         *
         * @param head the request head, for the matchers
         * @param target the request target to forward
         * @param framing framing of its body
         */
        record Admitted(RequestHead head, Targets.Target target, Framing framing) implements Admission {

            /**
             * The same request without some fields.
             *
             * @param names in lower case
             */
            Admitted without(Set<String> names) {
                return names.isEmpty() ? this : new Admitted(head.without(names), target, framing);
            }
        }

        /** The request is rejected and its connection closed. */
        record Refused(int status, String title, String detail) implements Admission {}
    }

    /** How the end of a body is determined. */
    enum Framing {
        NONE,
        LENGTH,
        CHUNKED
    }

    static Admission check(HttpServerRequest request) {
        String method = request.method().name();
        if (!isToken(method)) return bad("The method is not a token (RFC 9110, section 5.6.2).");
        if (method.equals("CONNECT")) return NO_TUNNELS;
        Targets.Target target = Targets.parse(method, request.uri());
        if (target == null) {
            return bad(
                    "The request target is neither a path nor an absolute http URL, or contains a control character, a"
                            + " space or a fragment. Percent-encode them.");
        }
        List<Fields.Field> fields = new ArrayList<>(16);
        @Nullable String host = null;
        @Nullable String length = null;
        @Nullable String coding = null;
        for (Map.Entry<String, String> entry : request.headers()) {
            String name = entry.getKey();
            String value = entry.getValue();
            fields.add(new Fields.Field(name, value));
            switch (name.length()) {
                case 0 -> {
                    return bad("A header field has no name.");
                }
                case 4 -> {
                    if (name.equalsIgnoreCase("host")) {
                        if (host != null) return bad("There is more than one Host header field.");
                        host = value;
                    }
                }
                case 14 -> {
                    if (name.equalsIgnoreCase("content-length")) {
                        if (length != null) return bad("There is more than one Content-Length header field.");
                        length = value;
                    }
                }
                case 17 -> {
                    if (name.equalsIgnoreCase("transfer-encoding")) {
                        if (coding != null) return bad("There is more than one Transfer-Encoding header field.");
                        coding = value;
                    }
                }
                case 18 -> {
                    // For such a request, the decoder reads a body of eight bytes, whatever Content-Length says.
                    if (name.equalsIgnoreCase("sec-websocket-key1") || name.equalsIgnoreCase("sec-websocket-key2")) {
                        return bad("This WebSocket draft has a body without a length; use RFC 6455.");
                    }
                }
                default -> {}
            }
        }
        boolean http10 = request.version() == HttpVersion.HTTP_1_0;
        if (host == null && !http10) return bad("The Host header field is missing.");
        if (host != null && !Targets.isAuthority(host))
            return bad("The Host header field is not a host with an optional port.");
        Framing framing = Framing.NONE;
        if (coding != null) {
            if (length != null) return bad("Content-Length and Transfer-Encoding must not be sent together.");
            if (http10 || !coding.equalsIgnoreCase("chunked")) {
                return bad("The only supported transfer coding is chunked, in HTTP/1.1.");
            }
            framing = Framing.CHUNKED;
        } else if (length != null) {
            if (!isDigits(length)) return bad("The Content-Length is not a number.");
            framing = Framing.LENGTH;
        }
        String authority = target.authority() != null ? target.authority() : host == null ? "" : host;
        return admitted(request, target, new Fields(fields), authority, framing);
    }

    static Admission.Admitted admitted(
            HttpServerRequest request, Targets.Target target, Fields fields, String authority, Framing framing) {
        RequestHead head = head(
                request.method().name(),
                target,
                fields,
                authority,
                request.isSSL() ? "https" : "http",
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress());
        return new Admission.Admitted(head, target, framing);
    }

    static RequestHead head(
            String method, Targets.Target target, Fields fields, String authority, String scheme, String remote) {
        return new RequestHead(
                method,
                target.origin(),
                Targets.path(target.origin()),
                Targets.query(target.origin()),
                fields,
                authority,
                scheme,
                remote);
    }

    static Admission.Refused bad(String detail) {
        return new Admission.Refused(400, "Bad Request", detail);
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return !text.isEmpty();
    }

    /** RFC 9110 §5.6.2. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
                    && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}

package io.eventful.edge;

import io.eventful.edge.Http1RequestValidator.Admission;
import io.eventful.edge.Http1RequestValidator.Framing;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates HTTP/2 requests: accepts only those with the same meaning in HTTP/1.1 (RFC 9113 §8.2, §8.3); pseudo-header
 * fields become the request line and Host. The decoder has already checked names, values and lengths.
 */
final class Http2RequestValidator {

    /** RFC 9113 §8.2.2. */
    private static final Set<String> FORBIDDEN =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    /** Two spaces and the version in the equivalent request line. */
    private static final int AROUND_THE_PATH = "  HTTP/1.1".length();

    /** What a field counts beyond its name and value (RFC 9113 §6.5.2). */
    private static final int OF_EACH_FIELD = 32;

    /** What the pseudo-header fields count beyond the values of the variable ones. */
    private static final int PSEUDO_FIELDS = ":method:path:authority:schemehttps".length() + 4 * OF_EACH_FIELD;

    private Http2RequestValidator() {}

    /**
     * Checks a request.
     *
     * @param limits of its request line in HTTP/1.1, and of its header section (RFC 9113 §6.5.2)
     * @param framing framing of its body if it has no Content-Length
     */
    static Admission check(HttpServerRequest request, EdgeSettings.Limits limits, Framing framing) {
        String method = request.method().name();
        if (!Http1RequestValidator.isToken(method))
            return Http1RequestValidator.bad("The method is not a token (RFC 9110, section 5.6.2).");
        if (method.equals("CONNECT")) return Http1RequestValidator.NO_TUNNELS;
        String path = request.uri();
        if (method.length() + path.length() + AROUND_THE_PATH > limits.uri().toBytes())
            return Http1RequestValidator.URI_TOO_LONG;
        Targets.Target target = Targets.parse(method, path);
        if (target == null || target.authority() != null) {
            return Http1RequestValidator.bad(
                    "The :path is not a path, or contains a control character, a space or a fragment."
                            + " Percent-encode them.");
        }
        String authority =
                request.authority() == null ? "" : request.authority().toString();
        if (!Targets.isAuthority(authority))
            return Http1RequestValidator.bad("The :authority is missing or not a host with an optional port.");
        List<Fields.Field> fields = new ArrayList<>(16);
        fields.add(new Fields.Field("host", authority));
        @Nullable String length = null;
        long size = PSEUDO_FIELDS + method.length() + path.length() + authority.length();
        for (Map.Entry<String, String> entry : request.headers()) {
            String name = entry.getKey();
            String value = entry.getValue();
            size += name.length() + value.length() + OF_EACH_FIELD;
            if (size > limits.header().toBytes()) return Http1RequestValidator.HEADER_TOO_LARGE;
            if (name.equals("host") || name.startsWith(":")) continue;
            if (FORBIDDEN.contains(name) || (name.equals("te") && !value.equals("trailers"))) {
                return Http1RequestValidator.bad(
                        "HTTP/2 does not allow the field " + name + " (RFC 9113, section 8.2.2).");
            }
            if (name.equals("content-length")) {
                if (length != null || !Http1RequestValidator.isDigits(value))
                    return Http1RequestValidator.bad("The content-length is not a single number.");
                length = value;
            }
            fields.add(new Fields.Field(name, value));
        }
        return Http1RequestValidator.admitted(
                request, target, new Fields(fields), authority, length == null ? framing : Framing.LENGTH);
    }
}

package io.eventful.edge;

import io.eventful.edge.Gate.Admission;
import io.eventful.edge.Gate.Framing;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets HTTP/2 requests through that mean the same in HTTP/1.1 (RFC 9113 §8.2, §8.3): pseudo fields become the request
 * line and Host. Names, values and lengths have been checked by the decoder.
 */
final class Http2Gate {

    /** RFC 9113 §8.2.2. */
    private static final Set<String> FORBIDDEN =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    private Http2Gate() {}

    /**
     * Checks a request.
     *
     * @param framing how its body's end shows when it does not tell its length
     */
    static Admission check(HttpServerRequest request, Framing framing) {
        String method = request.method().name();
        if (!Gate.isToken(method)) return Gate.bad("The method is not a token.");
        if (method.equals("CONNECT")) return Gate.NO_TUNNELS;
        Targets.Target target = Targets.parse(method, request.uri());
        if (target == null || target.authority() != null) {
            return Gate.bad("The :path is not a path, or has a control character, a space or a fragment in it;"
                    + " percent-encode them.");
        }
        String authority =
                request.authority() == null ? "" : request.authority().toString();
        if (!Targets.isAuthority(authority)) return Gate.bad("The :authority is missing or not a host with a port.");
        List<Fields.Field> fields = new ArrayList<>(16);
        fields.add(new Fields.Field("host", authority));
        @Nullable String length = null;
        for (Map.Entry<String, String> entry : request.headers()) {
            String name = entry.getKey();
            String value = entry.getValue();
            if (name.equals("host") || name.startsWith(":")) continue;
            if (FORBIDDEN.contains(name) || (name.equals("te") && !value.equals("trailers"))) {
                return Gate.bad("HTTP/2 has no field " + name + " (RFC 9113, section 8.2.2).");
            }
            if (name.equals("content-length")) {
                if (length != null || !Gate.isDigits(value)) return Gate.bad("The content-length is not one number.");
                length = value;
            }
            fields.add(new Fields.Field(name, value));
        }
        return Gate.admitted(request, target, new Fields(fields), authority, length == null ? framing : Framing.LENGTH);
    }
}

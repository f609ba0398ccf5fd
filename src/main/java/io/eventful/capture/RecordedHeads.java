package io.eventful.capture;

import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.Queries;
import io.eventful.edge.RequestHead;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a call's heads may be kept: named fields only, and no secret that a query carries. */
final class RecordedHeads {

    private static final Set<String> REQUEST = Set.of(
            "accept",
            "content-encoding",
            "content-length",
            "content-type",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-unmodified-since",
            "prefer",
            "traceparent",
            "user-agent",
            "x-request-id");
    private static final Set<String> RESPONSE = Set.of(
            "content-encoding",
            "content-length",
            "content-location",
            "content-type",
            "etag",
            "last-modified",
            "location",
            "preference-applied",
            "retry-after",
            "x-request-id");
    private static final Set<String> SECRETS = Set.of(
            "access_token",
            "api_key",
            "api-key",
            "apikey",
            "auth",
            "client_secret",
            "code",
            "id_token",
            "key",
            "passwd",
            "password",
            "pwd",
            "refresh_token",
            "secret",
            "sig",
            "signature",
            "token",
            "x-amz-credential",
            "x-amz-security-token",
            "x-amz-signature");
    private static final String MASK = "***";
    private static final int MAX_VALUE = 4_096;

    /** Trace Context level 1 and later: version 00 has exactly these parts, later ones may have more. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,64})?");

    private RecordedHeads() {}

    static RequestRecord request(RequestHead head, Digest body) {
        return new RequestRecord(
                head.method(), masked(head.target()), kept(head.fields(), REQUEST), body.size(), body.digest());
    }

    static ResponseRecord response(int status, Fields fields, Digest body) {
        return new ResponseRecord(status, kept(fields, RESPONSE), body.size(), body.digest());
    }

    /** A target, with the values of query parameters that are named like secrets replaced. */
    static String masked(String target) {
        int question = target.indexOf('?');
        if (question < 0) return target;
        StringBuilder masked = new StringBuilder(target.length()).append(target, 0, question + 1);
        String separator = "";
        for (String parameter : target.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            masked.append(separator);
            if (equals > 0 && isSecret(parameter.substring(0, equals)))
                masked.append(parameter, 0, equals + 1).append(MASK);
            else masked.append(parameter);
            separator = "&";
        }
        return masked.toString();
    }

    /** Whether the value of a query parameter stands for one that was not recorded. */
    static boolean isMasked(String value) {
        return value.equals(MASK);
    }

    private static boolean isSecret(String rawName) {
        return SECRETS.contains(Queries.decoded(rawName).toLowerCase(Locale.ROOT));
    }

    private static Map<String, List<String>> kept(Fields fields, Set<String> names) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (Fields.Field field : fields.entries()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!names.contains(name) || field.value().length() > MAX_VALUE) continue;
            String value = name.endsWith("location") ? masked(field.value()) : field.value();
            kept.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        }
        return kept;
    }
}

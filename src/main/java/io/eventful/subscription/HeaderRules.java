package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The header fields that a subscriber may add to its deliveries: none that the gateway, HTTP or a signature owns. */
public final class HeaderRules {

    private static final int MAX_FIELDS = 32;
    private static final int MAX_VALUE = 4_096;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
    private static final Set<String> OWNED = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "http2-settings",
            "expect",
            "date",
            "user-agent",
            "accept-encoding",
            "via");
    private static final String[] OWNED_PREFIXES = {"webhook-", "ce-", "content-", "proxy-", ":"};

    private HeaderRules() {}

    /** The fields by name as written. */
    static Map<String, String> read(JsonNode json, String pointer, Findings findings) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (!json.isObject()) {
            findings.problem(pointer, "is " + Members.kind(json) + ", not an object", "Map field names to values.");
            return fields;
        }
        if (json.size() > MAX_FIELDS)
            findings.problem(pointer, "has more than " + MAX_FIELDS + " fields", "Remove some.");
        Map<String, String> seen = new LinkedHashMap<>();
        json.properties().forEach(field -> {
            String at = pointer + "/" + Members.escape(field.getKey());
            String lower = field.getKey().toLowerCase(Locale.ROOT);
            Optional<String> value = Members.text(field.getValue(), at, MAX_VALUE, findings);
            if (!allowed(field.getKey(), lower, at, findings)) return;
            if (seen.put(lower, at) != null) findings.problem(at, "the field occurs twice", "Remove one of the two.");
            if (value.isEmpty()) return;
            if (VALUE.matcher(value.get()).matches()) fields.put(field.getKey(), value.get());
            else
                findings.problem(
                        at,
                        "the value is not a valid field value (RFC 9110, section 5.5)",
                        "Use visible ASCII characters; spaces are allowed only between them.");
        });
        return fields;
    }

    private static boolean allowed(String name, String lower, String at, Findings findings) {
        if (lower.equals("authorization")) {
            findings.problem(
                    at, "credentials must not be set as headers", "Use sinkcredential, which is stored encrypted.");
            return false;
        }
        if (owned(name)) {
            findings.problem(at, "the gateway sets \"" + name + "\" itself", "Remove it.");
            return false;
        }
        if (TOKEN.matcher(name).matches()) return true;
        findings.problem(at, "is not a valid field name (RFC 9110, section 5.1)", "Use letters, digits and hyphens.");
        return false;
    }

    /** Whether only the gateway may set a field; names are compared without regard to case (RFC 9110, section 5.1). */
    public static boolean owned(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (OWNED.contains(lower)) return true;
        for (String prefix : OWNED_PREFIXES) if (lower.startsWith(prefix)) return true;
        return false;
    }
}

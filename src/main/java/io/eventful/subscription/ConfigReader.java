package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.SubscriptionConfig.ContentMode;
import io.eventful.subscription.SubscriptionConfig.Ordering;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code config}, the gateway's own settings of a subscription. */
final class ConfigReader {

    static final Names NAMES = Names.of(
            "channel",
            "contentMode",
            "ordering",
            "rateLimit",
            "start",
            "pattern",
            "labels",
            "name",
            "signatures",
            "expires",
            "maxEvents",
            "secret",
            "publicKey");

    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_LABELS = 32;

    private final Findings findings;

    ConfigReader(Findings findings) {
        this.findings = findings;
    }

    SubscriptionConfig read(@Nullable JsonNode json, String pointer) {
        if (json == null) return new SubscriptionConfig(null, ContentMode.BINARY, Ordering.SUBJECT, 0, new Start.Now());
        Members members = Members.read(json, pointer, NAMES, findings);
        if (members.get("secret") != null)
            findings.problem(
                    members.at("secret"),
                    "secrets are made by the gateway",
                    "Leave it out; use rotate-secret for a new one.");
        if (members.get("publickey") != null)
            findings.problem(
                    members.at("publickey"), "keys are made by the gateway", "Leave it out; signatures asks for one.");
        return new SubscriptionConfig(
                channel(members).orElse(null),
                members.word("contentmode", "binary", "structured")
                                .orElse("binary")
                                .equals("structured")
                        ? ContentMode.STRUCTURED
                        : ContentMode.BINARY,
                members.word("ordering", "subject", "none").orElse("subject").equals("none")
                        ? Ordering.NONE
                        : Ordering.SUBJECT,
                rate(members),
                start(members),
                members.word("pattern", "notification", "state", "change").orElse(null),
                labels(members),
                name(members).orElse(null),
                signatures(members),
                expires(members),
                maxEvents(members));
    }

    private Optional<String> channel(Members members) {
        return members.text("channel", 200).filter(name -> {
            if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) return true;
            findings.problem(
                    members.at("channel"),
                    "is not the name of a channel",
                    "Use letters, digits, dots, hyphens and underscores, or leave it out for every channel.");
            return false;
        });
    }

    private Optional<String> name(Members members) {
        return members.text("name", 100).filter(name -> {
            if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) return true;
            findings.problem(
                    members.at("name"), "is not a name", "Use letters, digits, dots, hyphens and underscores.");
            return false;
        });
    }

    private Set<SignatureScheme> signatures(Members members) {
        JsonNode written = members.get("signatures");
        Set<SignatureScheme> schemes = EnumSet.noneOf(SignatureScheme.class);
        if (written == null) return Set.of(SignatureScheme.V1);
        boolean list = written.isArray() && !written.isEmpty();
        for (JsonNode each : list ? written : List.of(written))
            SignatureScheme.of(each.asText()).ifPresent(schemes::add);
        if (schemes.size() == (list ? written.size() : 1)) return schemes;
        findings.problem(
                members.at("signatures"),
                "is not a list of signature schemes, each once",
                "Write [\"v1\"], [\"v1a\"] or [\"v1\", \"v1a\"].");
        return Set.of(SignatureScheme.V1);
    }

    private @Nullable Instant expires(Members members) {
        String text = members.text("expires", 64).orElse(null);
        if (text == null) return null;
        try {
            return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            findings.problem(
                    members.at("expires"), "is not a timestamp (RFC 3339)", "Write it as 2026-12-31T23:59:59Z.");
            return null;
        }
    }

    private long maxEvents(Members members) {
        JsonNode most = members.get("maxevents");
        if (most == null) return 0;
        if (most.isIntegralNumber() && most.canConvertToLong() && most.longValue() >= 1) return most.longValue();
        findings.problem(
                members.at("maxevents"), "is not a whole number above 0", "Write how many events it may get in all.");
        return 0;
    }

    private int rate(Members members) {
        JsonNode rate = members.get("ratelimit");
        if (rate == null) return 0;
        if (rate.isIntegralNumber() && rate.canConvertToInt() && rate.intValue() >= 1 && rate.intValue() <= MAX_RATE)
            return rate.intValue();
        findings.problem(
                members.at("ratelimit"),
                "is not a whole number between 1 and " + MAX_RATE,
                "Write deliveries per second as a number, or leave it out for no limit.");
        return 0;
    }

    private Start start(Members members) {
        JsonNode start = members.get("start");
        if (start == null || start.asText().equals("now")) return new Start.Now();
        if (start.asText().equals("earliest")) return new Start.Earliest();
        if ((start.isTextual() || start.isIntegralNumber()) && start.asText().matches("\\d{1,18}"))
            return new Start.Position(Long.parseLong(start.asText()));
        findings.problem(
                members.at("start"),
                "is neither now, earliest nor a position",
                "Write \"now\", \"earliest\" or a position of the ledger, such as \"1042\".");
        return new Start.Now();
    }

    private Map<String, String> labels(Members members) {
        JsonNode labels = members.get("labels");
        if (labels == null) return Map.of();
        String pointer = members.at("labels");
        if (!labels.isObject() || labels.size() > MAX_LABELS) {
            findings.problem(
                    pointer, "is not an object of at most " + MAX_LABELS + " labels", "Map label names to texts.");
            return Map.of();
        }
        Map<String, String> result = new LinkedHashMap<>();
        List.copyOf(labels.properties()).forEach(label -> {
            String at = pointer + "/" + Members.escape(label.getKey());
            if (label.getKey().isEmpty() || label.getKey().length() > 64)
                findings.problem(at, "its name is empty or longer than 64 characters", "Use a short name.");
            Members.text(label.getValue(), at, 256, findings).ifPresent(text -> result.put(label.getKey(), text));
        });
        return result;
    }
}

package io.eventful.receive;

import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.event.RequestRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a receipt's head is kept: named fields, none of which proves anything, and the path without its query. */
final class ReceiptHead {

    private static final Set<String> KEPT = Set.of(
            "content-length",
            "content-type",
            "idempotency-key",
            "traceparent",
            "user-agent",
            "webhook-id",
            "webhook-request-origin",
            "webhook-timestamp",
            "x-github-delivery",
            "x-github-enterprise-host",
            "x-github-event",
            "x-github-hook-id",
            "x-github-hook-installation-target-id",
            "x-github-hook-installation-target-type",
            "x-gitlab-event",
            "x-gitlab-event-uuid",
            "x-gitlab-instance",
            "x-gitlab-webhook-uuid",
            "x-request-id",
            "x-shopify-api-version",
            "x-shopify-event-id",
            "x-shopify-shop-domain",
            "x-shopify-topic",
            "x-shopify-triggered-at",
            "x-shopify-webhook-id",
            "x-slack-request-timestamp",
            "x-slack-retry-num",
            "x-slack-retry-reason");
    private static final int MAX_VALUE = 4_096;

    /** Trace Context: version 00 has exactly these parts, later ones may have more. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,64})?");

    private ReceiptHead() {}

    static RequestRecord of(RequestHead head, Digest body) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (Fields.Field field : head.fields().entries()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (KEPT.contains(name) && field.value().length() <= MAX_VALUE)
                kept.computeIfAbsent(name, key -> new ArrayList<>(1)).add(field.value());
        }
        return new RequestRecord(head.method(), path(head.target()), kept, body.size(), body.digest());
    }

    private static String path(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** The W3C trace context; null when there is none or it is malformed. */
    static @Nullable String traceparent(Fields fields) {
        return fields.first("traceparent")
                .filter(value -> TRACEPARENT.matcher(value).matches())
                .orElse(null);
    }
}

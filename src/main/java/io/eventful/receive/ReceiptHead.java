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
}

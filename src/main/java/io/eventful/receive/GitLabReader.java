package io.eventful.receive;

import io.eventful.edge.Fields;
import io.eventful.event.Json;
import java.util.Optional;

/**
 * GitLab. {@code Idempotency-Key} ({@code webhook-id} is the same) stays over retries. Older versions have only the event's
 * id, which hooks that were set off by other hooks share: only with the same body it is the same delivery.
 */
record GitLabReader() implements Reader {

    private static final String HOOK = " Hook";

    @Override
    public boolean takes(MediaType type) {
        return Bodies.JSON.include(type);
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        String event = fields.first("X-Gitlab-Event").orElse("").strip();
        if (event.endsWith(HOOK)) event = event.substring(0, event.length() - HOOK.length());
        Optional<String> id = fields.first(StandardSignature.ID).or(() -> fields.first("Idempotency-Key"));
        if (id.isPresent()) return Reading.one(new Delivery(id.get(), event, Json.parse(body)));
        String uuid = fields.first("X-Gitlab-Event-UUID").orElse("");
        String key = uuid.isEmpty() ? "" : uuid + ' ' + Json.digest(body);
        return Reading.one(new Delivery(uuid, key, event, Json.parse(body)));
    }
}

package io.eventful.edge;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Adds the fields that describe the client (RFC 7239 or X-Forwarded) and the Via field (RFC 9110 §7.6.3). */
record Forwarding(
        EdgeSettings.Forwarded how,
        EdgeSettings.ForwardedFields fields,
        @Nullable String via) {

    static Forwarding of(EdgeSettings settings) {
        return new Forwarding(settings.forwarded(), settings.forwardedFields(), settings.via());
    }

    void request(RequestHead head, MultiMap out) {
        if (how != EdgeSettings.Forwarded.OFF) {
            if (fields != EdgeSettings.ForwardedFields.FORWARDED) older(head, out);
            if (fields != EdgeSettings.ForwardedFields.X_FORWARDED) standard(head, out);
        }
        if (via != null) out.add("Via", "1.1 " + via);
    }

    private void older(RequestHead head, MultiMap out) {
        boolean replace = how == EdgeSettings.Forwarded.REPLACE;
        String before = replace ? "" : String.join(", ", out.getAll("X-Forwarded-For"));
        out.set("X-Forwarded-For", before.isEmpty() ? head.remote() : before + ", " + head.remote());
        if (replace || !out.contains("X-Forwarded-Proto")) out.set("X-Forwarded-Proto", head.scheme());
        if ((replace || !out.contains("X-Forwarded-Host")) && !head.authority().isEmpty()) {
            out.set("X-Forwarded-Host", head.authority());
        }
    }

    private void standard(RequestHead head, MultiMap out) {
        if (how == EdgeSettings.Forwarded.REPLACE) out.remove("Forwarded");
        String remote = head.remote().contains(":") ? "\"[" + head.remote() + "]\"" : head.remote();
        String host = head.authority().isEmpty() ? "" : ";host=\"" + head.authority() + "\"";
        out.add("Forwarded", "for=" + remote + ";proto=" + head.scheme() + host);
    }

    void reply(MultiMap out) {
        if (via != null) out.add("Via", "1.1 " + via);
    }
}

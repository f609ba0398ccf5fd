package io.eventful.receive;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import java.util.Locale;
import java.util.Set;

/** The receiver's side of the handshake of CloudEvents HTTP webhook 1.0, section 4. */
final class Consent {

    private Consent() {}

    /** Consent is the field, not the status: a sender that is not to send gets the same answer without it. */
    static Answer answer(Fields request, ReceiveOptions options) {
        Fields fields = Fields.NONE.and("Allow", "POST, OPTIONS");
        String origin = request.first("WebHook-Request-Origin").orElse("").strip();
        if (!origin.isEmpty() && allowed(origin, options.origins())) {
            fields = fields.and("WebHook-Allowed-Origin", origin)
                    .and("WebHook-Allowed-Rate", options.rate() == 0 ? "*" : String.valueOf(options.rate()));
        }
        return new Answer(200, fields, new byte[0]);
    }

    /** Whole names only: a name that merely begins or ends like an allowed one is somebody else's. */
    private static boolean allowed(String origin, Set<String> origins) {
        return origins.contains("*") || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}

package io.eventful.receive;

import io.eventful.edge.Fields;
import java.util.Locale;

/**
 * A body's media type, without parameters, in lower case.
 *
 * @param essence empty when the sender named none
 */
record MediaType(String essence) {

    static MediaType of(Fields fields) {
        String value = fields.first("content-type").orElse("");
        int end = value.indexOf(';');
        return new MediaType((end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }

    boolean isMissing() {
        return essence.isEmpty();
    }

    boolean isJson() {
        return essence.endsWith("/json") || essence.endsWith("+json");
    }

    boolean isForm() {
        return essence.equals("application/x-www-form-urlencoded");
    }
}

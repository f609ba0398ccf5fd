package io.eventful.receive;

import io.eventful.edge.Fields;

/**
 * A body's media type, without parameters, in lower case.
 *
 * @param essence empty when the sender named none
 */
record MediaType(String essence) {

    static MediaType of(Fields fields) {
        return new MediaType(fields.mediaType());
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

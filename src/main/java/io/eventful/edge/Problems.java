package io.eventful.edge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Problem documents (RFC 9457) of the data port. They tell the caller what to do and nothing of the inside. */
public final class Problems {

    private Problems() {}

    /**
     * A problem answer.
     *
     * @param status HTTP status code
     * @param title short, the same for every occurrence
     * @param detail what happened in this one and how to mend it
     */
    public static Answer problem(int status, String title, String detail) {
        String json = "{\"type\":\"about:blank\",\"title\":\"" + quote(title) + "\",\"status\":" + status
                + ",\"detail\":\"" + quote(detail) + "\"}";
        Fields fields = new Fields(List.of(
                new Fields.Field("Content-Type", "application/problem+json"),
                new Fields.Field("Cache-Control", "no-store")));
        return new Answer(status, fields, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quote(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}

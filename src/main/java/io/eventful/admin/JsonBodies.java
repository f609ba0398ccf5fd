package io.eventful.admin;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads JSON request bodies strictly: one document, no duplicate members, limited size; errors name line and column. */
final class JsonBodies {

    private static final int LIMIT = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(100).build());
    }

    private JsonBodies() {}

    /** @throws ApiProblem 400, 413 or 415 */
    static JsonNode read(HttpServletRequest request) throws IOException {
        return read(request, LIMIT);
    }

    /** @throws ApiProblem 400, 413 or 415 */
    static JsonNode read(HttpServletRequest request, int limit) throws IOException {
        if (!json(request.getContentType()))
            throw new ApiProblem(
                    415, "Unsupported media type", "Send the body as JSON, with Content-Type: application/json.");
        byte[] body = bytes(request, limit);
        try {
            JsonNode document = MAPPER.readTree(body);
            if (!document.isMissingNode()) return document;
        } catch (JsonProcessingException e) {
            throw new ApiProblem(400, "Malformed JSON", "The body is not valid JSON" + place(e) + ".");
        }
        throw new ApiProblem(400, "Malformed JSON", "The body is empty; send a JSON document.");
    }

    /** @throws ApiProblem 413 */
    static byte[] bytes(HttpServletRequest request, int limit) throws IOException {
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length <= limit) return body;
        throw new ApiProblem(413, "Content too large", "The body is too large; the limit is " + limit + " bytes.");
    }

    private static boolean json(@Nullable String contentType) {
        if (contentType == null) return false;
        try {
            String subtype = MediaType.parseMediaType(contentType).getSubtype().toLowerCase(Locale.ROOT);
            return subtype.equals("json") || subtype.endsWith("+json");
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Line, column and Jackson's message, without the parts that quote the body or name Jackson's own settings. */
    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        String what = e.getOriginalMessage() == null
                ? ""
                : ": " + e.getOriginalMessage().lines().findFirst().orElse("");
        return (location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr())
                + what.replaceAll("Unrecognized token '[^']*'", "unrecognised token")
                        .replaceAll("Trailing token .*", "something follows the document")
                        .replaceAll(" \\(start marker at .*", "")
                        .replaceAll(", from `[^`]*`", "");
    }
}

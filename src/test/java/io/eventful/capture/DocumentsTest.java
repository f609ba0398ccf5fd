package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private static final CaptureOptions PLAIN = CaptureOptions.parse(Map.of("bodyLimit", "20B"));
    private static final CaptureOptions REDACTING = CaptureOptions.parse(Map.of("bodyLimit", "20B", "redact", "/ssn"));
    private static final Digest DIGEST = new Digest(9, "sha-256:aa");

    private final Documents documents = new Documents(10);

    private static Fields typed(String mediaType) {
        return mediaType.isEmpty() ? Fields.NONE : Fields.NONE.and("Content-Type", mediaType);
    }

    private static Body body(String text) {
        return new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
    }

    private Image read(String text, String mediaType, CaptureOptions options) {
        return documents.read(body(text), DIGEST, typed(mediaType), options).image();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "Application/JSON; charset=utf-8", "application/vnd.x+json"})
    void jsonIsRead(String mediaType) {
        assertThat(read("{\"a\":1}", mediaType, PLAIN)).isEqualTo(new Image.Known(Json.parse("{\"a\":1}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/problem+json", "application/jsonl"})
    void otherTypesAreDigested(String mediaType) {
        assertThat(read("{\"a\":1}", mediaType, PLAIN))
                .isEqualTo(new Image.Digested(9, "sha-256:aa", mediaType, "not-json"));
    }

    @Test
    void theLimitIsAllowedItself() {
        assertThat(read("{\"a\":\"12345678901\"} ", "", PLAIN)).isInstanceOf(Image.Known.class);
        assertThat(read("{\"a\":\"12345678901\"}  ", "", PLAIN)).isInstanceOf(Image.Digested.class);
    }

    @Test
    void noDigestIsKeptOfWhatMayHoldAPartToBeRedacted() {
        assertThat(read("{\"ssn\":\"12345678901234\"}", "", REDACTING)).isEqualTo(new Image.Unknown("too-large"));
        assertThat(read("{\"ssn\"", "", REDACTING)).isEqualTo(new Image.Unknown("not-json"));
        assertThat(read("ssn=1", "application/x-www-form-urlencoded", REDACTING))
                .isEqualTo(new Image.Unknown("not-json"));
        assertThat(read("{\"detail\":\"1\"}", "application/problem+json", REDACTING))
                .isEqualTo(new Image.Unknown("not-json"));
        assertThat(read("{\"ssn\":1,\"a\":2}", "", REDACTING))
                .isEqualTo(new Image.Known(Json.parse("{\"a\":2}"), Image.Extent.REDACTED));
    }

    @Test
    void theDigestThatIsKeptIsOfWhatRemains() {
        Content content = documents.read(body("{\"ssn\":1,\"a\":2}"), DIGEST, Fields.NONE, REDACTING);
        assertThat(Documents.kept(DIGEST, content, Fields.NONE, REDACTING))
                .isEqualTo(new Digest(9, Json.digest(Json.parse("{\"a\":2}"))));
        assertThat(Documents.kept(DIGEST, content, Fields.NONE, PLAIN)).isEqualTo(DIGEST);
        Content form = Content.unknown("not-json");
        assertThat(Documents.kept(DIGEST, form, typed("application/x-www-form-urlencoded"), REDACTING))
                .isEqualTo(new Digest(9, ""));
        assertThat(Documents.kept(DIGEST, form, Fields.NONE, REDACTING)).isEqualTo(new Digest(9, ""));
        assertThat(Documents.kept(DIGEST, content, typed("application/json-patch+json"), REDACTING))
                .isEqualTo(new Digest(9, ""));
        Digest none = new Digest(-1, "");
        assertThat(Documents.kept(none, content, Fields.NONE, REDACTING)).isEqualTo(none);
    }

    @Test
    void aBodyThatWasReadWholeHasADigestAnotherOneHasASize() {
        byte[] bytes = {1, 2, 3};
        assertThat(Documents.digest(new Body.Whole(bytes), Fields.NONE)).isEqualTo(new Digest(3, Json.digest(bytes)));
        assertThat(Documents.digest(new Body.Whole(new byte[0]), Fields.NONE)).isEqualTo(new Digest(0, ""));
        assertThat(Documents.digest(new Body.Partial(bytes), Fields.NONE.and("Content-Length", "70")))
                .isEqualTo(new Digest(70, ""));
    }
}

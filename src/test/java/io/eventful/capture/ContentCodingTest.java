package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.edge.Fields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

    private static byte[] deflated(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(bytes);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflateIsReadWithItsHeaderAndWithout(boolean raw) throws IOException {
        byte[] bytes = "text".repeat(100).getBytes(StandardCharsets.UTF_8);
        Fields fields = Fields.NONE.and("Content-Encoding", "deflate");
        assertThat(ContentCoding.decode(deflated(bytes, raw), fields, bytes.length))
                .isInstanceOfSatisfying(
                        ContentCoding.Decoded.Bytes.class,
                        decoded -> assertThat(decoded.bytes()).isEqualTo(bytes));
        assertThat(ContentCoding.decode(deflated(bytes, raw), fields, bytes.length - 1))
                .isInstanceOf(ContentCoding.Decoded.TooLarge.class);
    }

    /** Its memory is outside the heap, which the collector does not see. */
    @Test
    void anInflaterEndsWithItsStream() throws IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream in = ContentCoding.inflated(new ByteArrayInputStream(new byte[0]), inflater)) {
            assertThat(inflater.getBytesRead()).isZero();
            assertThat(in).isNotNull();
        }
        assertThatThrownBy(inflater::getBytesRead).hasMessageContaining("closed");
    }
}

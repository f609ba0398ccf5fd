package io.eventful.capture;

import io.eventful.edge.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes content codings (RFC 9110 §8.4.1) on a bounded copy of a body. */
final class ContentCoding {

    private ContentCoding() {}

    /** What became of a body. */
    sealed interface Decoded {
        record Bytes(byte[] bytes) implements Decoded {}

        /** More bytes than allowed came out. */
        record TooLarge() implements Decoded {}

        /** A coding that is not known here, or a body that is not in the coding it names. */
        record Unreadable() implements Decoded {}
    }

    /** Undoes the codings that the fields name, as long as no more than {@code limit} bytes come out. */
    static Decoded decode(byte[] body, Fields fields, int limit) {
        byte[] bytes = body;
        List<String> codings = codings(fields);
        for (int i = codings.size() - 1; i >= 0; i--) {
            try {
                Optional<byte[]> next = decode(bytes, codings.get(i), limit);
                if (next.isEmpty()) return new Decoded.TooLarge();
                bytes = next.get();
            } catch (IOException e) {
                return new Decoded.Unreadable();
            }
        }
        return new Decoded.Bytes(bytes);
    }

    private static List<String> codings(Fields fields) {
        List<String> codings = new ArrayList<>(1);
        for (String value : fields.all("content-encoding")) {
            for (String coding : value.split(",", -1)) {
                String name = coding.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !name.equals("identity")) codings.add(name);
            }
        }
        return codings;
    }

    private static Optional<byte[]> decode(byte[] bytes, String coding, int limit) throws IOException {
        try (InputStream in = open(bytes, coding)) {
            byte[] read = in.readNBytes(limit + 1);
            return read.length > limit ? Optional.empty() : Optional.of(read);
        }
    }

    private static InputStream open(byte[] bytes, String coding) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            // "deflate" is the zlib format, but some senders leave its header out.
            case "deflate" -> inflated(in, new Inflater(!zlib(bytes)));
            default -> throw new IOException("unknown content coding");
        };
    }

    /** Ends the inflater with the stream, which by itself ends only one of its own making. */
    static InputStream inflated(InputStream in, Inflater inflater) {
        return new InflaterInputStream(in, inflater) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    inf.end();
                }
            }
        };
    }

    private static boolean zlib(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0x0f) == 8 && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
    }
}

package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export line by line. A file is read twice: whole and checked first, so that nothing is taken from one that is
 * damaged or cut short.
 */
final class ExportReader {

    /** Longest line, in bytes; a change with its images is far below. */
    private static final int LINE_LIMIT = 512 * 1024 * 1024;

    private ExportReader() {}

    /** What is done with the lines, each of which has one member. */
    interface Visitor<E extends Exception> {
        void change(JsonNode change) throws E;

        void resolution(JsonNode resolution) throws E;

        void madeAgain(JsonNode made) throws E;
    }

    /** Fails with {@link LedgerFileException} when the file is not a whole export. */
    static void check(Path file) throws IOException {
        Counter counter = new Counter();
        MessageDigest digest = DigestUtils.getSha256Digest();
        JsonNode end = read(file, counter, digest);
        expect(file, "changes", ChangeLine.text(end, "changes"), Long.toString(counter.changes));
        expect(file, "resolutions", ChangeLine.text(end, "resolutions"), Long.toString(counter.resolutions));
        // Earlier exports do not have any.
        String made = end.has("madeAgain") ? ChangeLine.text(end, "madeAgain") : "0";
        expect(file, "madeAgain", made, Long.toString(counter.madeAgain));
        String found = "sha-256:" + HexFormat.of().formatHex(digest.digest());
        expect(file, "digest", ChangeLine.text(end, "digest"), found);
    }

    static <E extends Exception> void visit(Path file, Visitor<E> visitor) throws IOException, E {
        read(file, visitor, DigestUtils.getSha256Digest());
    }

    private static void expect(Path file, String name, String said, String found) {
        if (!said.equals(found))
            throw new LedgerFileException(file + ": its end says " + name + " " + said + ", but it has " + found
                    + "; the file was changed or is damaged: use another copy of the export");
    }

    private static <E extends Exception> JsonNode read(Path file, Visitor<E> visitor, MessageDigest digest)
            throws IOException, E {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (long number = 1; ; number++) {
                byte[] line = line(in);
                if (line.length == 0)
                    throw new LedgerFileException(
                            file + ": ends at line " + number + " without the end line: the file is truncated");
                JsonNode end = take(file, line, number, visitor);
                if (end != null) {
                    if (in.read() >= 0)
                        throw new LedgerFileException(file + ":" + (number + 1) + ": there is more after the end line;"
                                + " the file was changed: use another copy of the export");
                    return end;
                }
                digest.update(line);
                digest.update((byte) '\n');
            }
        }
    }

    private static <E extends Exception> @Nullable JsonNode take(
            Path file, byte[] line, long number, Visitor<E> visitor) throws E {
        try {
            JsonNode json = Json.parse(line);
            if (number == 1) {
                String format = ChangeLine.text(json.path("ledger"), "format");
                if (!format.equals(Export.FORMAT))
                    throw new IllegalArgumentException("the format is " + format + ", not " + Export.FORMAT);
            } else if (json.has("change")) visitor.change(json.get("change"));
            else if (json.has("resolution")) visitor.resolution(json.get("resolution"));
            else if (json.has("madeAgain")) visitor.madeAgain(json.get("madeAgain"));
            else if (json.has("end")) return json.get("end");
            else throw new IllegalArgumentException("neither change, resolution, madeAgain nor end");
            return null;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LedgerFileException(
                    file + ":" + number + ": not a line of a ledger export: " + e.getMessage(), e);
        }
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            if (line.size() == LINE_LIMIT) throw new LedgerFileException("a line is longer than " + LINE_LIMIT);
            line.write(next);
        }
        return line.toByteArray();
    }

    private static final class Counter implements Visitor<RuntimeException> {
        private long changes;
        private long resolutions;
        private long madeAgain;

        @Override
        public void change(JsonNode change) {
            ChangeLine.read(change);
            changes++;
        }

        @Override
        public void resolution(JsonNode resolution) {
            resolutions++;
        }

        @Override
        public void madeAgain(JsonNode made) {
            madeAgain++;
        }
    }
}

package io.eventful.receive;

import io.eventful.edge.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a signature is made over: the body, fields of the head, and fixed text between them. */
record SignedText(List<Piece> pieces) {

    private static final String HEADER = "header:";

    /** A part of it. */
    sealed interface Piece {
        record Fixed(String text) implements Piece {}

        record Header(String name) implements Piece {}

        record Body() implements Piece {}
    }

    SignedText {
        pieces = List.copyOf(pieces);
    }

    /**
     * Reads a template such as <code>v0:{header:X-Timestamp}:{body}</code>. Fails with {@link IllegalArgumentException}
     * for other placeholders, and when the body is not in it exactly once.
     */
    static SignedText parse(String template) {
        List<Piece> pieces = new ArrayList<>();
        int done = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', done)) {
            int close = template.indexOf('}', open);
            if (close < 0) throw new IllegalArgumentException("a { is not closed");
            if (open > done) pieces.add(new Piece.Fixed(template.substring(done, open)));
            pieces.add(placeholder(template.substring(open + 1, close)));
            done = close + 1;
        }
        if (done < template.length()) pieces.add(new Piece.Fixed(template.substring(done)));
        if (pieces.stream().filter(Piece.Body.class::isInstance).count() != 1)
            throw new IllegalArgumentException("the body is not in it once");
        return new SignedText(pieces);
    }

    private static Piece placeholder(String name) {
        if (name.equals("body")) return new Piece.Body();
        if (name.startsWith(HEADER) && name.length() > HEADER.length())
            return new Piece.Header(name.substring(HEADER.length()));
        throw new IllegalArgumentException("no such placeholder");
    }

    /** Lower-case names of the fields in it. */
    Set<String> headers() {
        Set<String> names = new HashSet<>();
        for (Piece piece : pieces)
            if (piece instanceof Piece.Header(String name)) names.add(name.toLowerCase(Locale.ROOT));
        return names;
    }

    /** The octets of a request's signed text, in order; empty when a field is missing. */
    Optional<byte[][]> of(Fields fields, byte[] body) {
        byte[][] octets = new byte[pieces.size()][];
        for (int i = 0; i < octets.length; i++) {
            switch (pieces.get(i)) {
                case Piece.Fixed(String text) -> octets[i] = text.getBytes(StandardCharsets.UTF_8);
                case Piece.Body whole -> octets[i] = body;
                case Piece.Header(String name) -> {
                    Optional<String> value = fields.first(name);
                    if (value.isEmpty()) return Optional.empty();
                    octets[i] = value.get().getBytes(StandardCharsets.ISO_8859_1);
                }
            }
        }
        return Optional.of(octets);
    }
}

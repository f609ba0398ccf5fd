package io.eventful.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Attribute values in HTTP headers (CloudEvents HTTP binding 1.0, section 3.1.3.2). */
public final class HeaderEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private HeaderEncoding() {}

    /** Percent-encodes space, double quote, percent and everything outside U+0021 to U+007E as UTF-8. */
    public static String encode(String value) {
        int plain = 0;
        while (plain < value.length() && isPlain(value.charAt(plain))) plain++;
        if (plain == value.length()) return value;

        StringBuilder header = new StringBuilder(value.length() + 16).append(value, 0, plain);
        for (byte octet : value.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (octet & 0xFF))) header.append((char) octet);
            else HEX.toHexDigits(header.append('%'), octet);
        }
        return header.toString();
    }

    /**
     * The value of a header: unquoted first, then one round of percent-decoding. A percent sign that begins no
     * escape stays, for senders that forget to encode. Fails with {@link IllegalArgumentException} for invalid UTF-8.
     */
    public static String decode(String header) {
        String value = unquote(header);
        if (value.indexOf('%') < 0) return value;
        ByteArrayOutputStream octets = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); ) {
            if (isEscape(value, i)) {
                octets.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 3;
            } else {
                int end = i + 1;
                while (end < value.length() && value.charAt(end) != '%') end++;
                octets.writeBytes(value.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a header's escapes are not UTF-8");
        }
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '%';
    }

    private static boolean isEscape(String value, int i) {
        return value.charAt(i) == '%'
                && i + 2 < value.length()
                && HexFormat.isHexDigit(value.charAt(i + 1))
                && HexFormat.isHexDigit(value.charAt(i + 2));
    }

    private static String unquote(String header) {
        int end = header.length() - 1;
        if (end < 1 || header.charAt(0) != '"' || header.charAt(end) != '"') return header;
        StringBuilder value = new StringBuilder(end);
        for (int i = 1; i < end; i++) {
            char c = header.charAt(i);
            value.append(c == '\\' && i + 1 < end ? header.charAt(++i) : c);
        }
        return value.toString();
    }
}

package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the value of a member as bytes with the same sort order on every database: missing or null first, then false,
 * true, numbers by value, strings by code point; arrays and objects last, without an order among them.
 */
final class SortKey {

    private static final byte NOTHING = 1;
    private static final byte FALSE = 2;
    private static final byte TRUE = 3;
    private static final byte NUMBER = 4;
    private static final byte TEXT = 5;
    private static final byte CONTAINER = 6;

    private static final byte NEGATIVE = 0;
    private static final byte ZERO = 1;
    private static final byte POSITIVE = 2;

    /** Maximum number of bytes of a string; longer strings with the same beginning have the same key. */
    static final int TEXT_LIMIT = 256;

    /** Maximum number of significant digits. */
    private static final int DIGITS = 64;

    /** Where the exponent of a number begins, after its kind and its sign. */
    private static final int EXPONENT = 2;

    /** Length of the key of a number without its digits. */
    private static final int NUMBER_LENGTH = EXPONENT + Integer.BYTES + 1;

    private static final Pattern WRITTEN_NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private SortKey() {}

    static byte[] of(@Nullable JsonNode value) {
        if (value == null) return new byte[] {NOTHING};
        return switch (value.getNodeType()) {
            case NULL, MISSING -> new byte[] {NOTHING};
            case BOOLEAN -> new byte[] {value.booleanValue() ? TRUE : FALSE};
            case NUMBER -> number(Json.text(value));
            case STRING -> text(value.textValue());
            default -> new byte[] {CONTAINER};
        };
    }

    /** The possible keys of a query value: the string, and the number, boolean or null with that text. */
    static List<byte[]> meant(String text) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(text(text));
        switch (text) {
            case "null" -> keys.add(new byte[] {NOTHING});
            case "true" -> keys.add(new byte[] {TRUE});
            case "false" -> keys.add(new byte[] {FALSE});
            default -> {
                // No item has a longer number.
                if (text.length() <= Json.MAX_NUMBER_LENGTH
                        && WRITTEN_NUMBER.matcher(text).matches()) keys.add(number(text));
            }
        }
        return keys;
    }

    /** True if several values may have the key, because it has only the beginning of a long one. */
    static boolean isShared(byte[] key) {
        return switch (key[0]) {
            case TEXT -> key.length > TEXT_LIMIT;
            case NUMBER -> key.length < NUMBER_LENGTH ? key[1] != ZERO : isSharedNumber(key);
            case CONTAINER -> true;
            default -> false;
        };
    }

    private static boolean isSharedNumber(byte[] key) {
        int turn = key[1] == NEGATIVE ? -1 : 0;
        int exponent = ByteBuffer.wrap(key).getInt(EXPONENT) ^ turn ^ 0x80000000;
        return key.length == NUMBER_LENGTH + DIGITS || Math.abs(exponent) == Integer.MAX_VALUE;
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_LIMIT);
        byte[] key = new byte[length + 1];
        key[0] = TEXT;
        System.arraycopy(bytes, 0, key, 1, length);
        return key;
    }

    /** Encodes sign, exponent and digits; inverted for negative numbers. */
    private static byte[] number(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
            // The exponent exceeds the range of an int.
            return new byte[] {NUMBER, text.startsWith("-") ? NEGATIVE : POSITIVE};
        }
        if (value.signum() == 0) return new byte[] {NUMBER, ZERO};
        String digits = value.unscaledValue().abs().toString();
        int exponent = (int) Math.clamp((long) digits.length() - value.scale(), -Integer.MAX_VALUE, Integer.MAX_VALUE)
                ^ 0x80000000;
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        int turn = value.signum() < 0 ? 0xFF : 0;
        key.write(NUMBER);
        key.write(value.signum() < 0 ? NEGATIVE : POSITIVE);
        for (int shift = 24; shift >= 0; shift -= 8) key.write(exponent >>> shift ^ turn);
        int length = Math.min(digits.length(), DIGITS);
        for (int i = 0; i < length; i++) key.write(digits.charAt(i) ^ turn);
        key.write(turn);
        return key.toByteArray();
    }
}

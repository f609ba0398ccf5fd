package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    /** Maximum number of bytes of a string; longer strings with the same beginning are equal. */
    static final int TEXT_LIMIT = 256;

    /** Maximum number of significant digits. */
    private static final int DIGITS = 64;

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
            case "null", "" -> keys.add(new byte[] {NOTHING});
            case "true" -> keys.add(new byte[] {TRUE});
            case "false" -> keys.add(new byte[] {FALSE});
            default -> {
                if (text.length() <= DIGITS && text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,6})?"))
                    keys.add(number(text));
            }
        }
        return keys;
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
            return new byte[] {NUMBER, (byte) (text.startsWith("-") ? 0 : 2)};
        }
        if (value.signum() == 0) return new byte[] {NUMBER, 1};
        String digits = value.unscaledValue().abs().toString();
        int exponent = (int) Math.clamp((long) digits.length() - value.scale(), -Integer.MAX_VALUE, Integer.MAX_VALUE)
                ^ 0x80000000;
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        int turn = value.signum() < 0 ? 0xFF : 0;
        key.write(NUMBER);
        key.write(value.signum() < 0 ? 0 : 2);
        for (int shift = 24; shift >= 0; shift -= 8) key.write(exponent >>> shift ^ turn);
        int length = Math.min(digits.length(), DIGITS);
        for (int i = 0; i < length; i++) key.write(digits.charAt(i) ^ turn);
        key.write(turn);
        return key.toByteArray();
    }
}

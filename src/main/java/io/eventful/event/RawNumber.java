package io.eventful.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number that preserves its text: {@code 1.10}, {@code 1e5} and {@code -0} are kept as written, and two numbers are
 * equal if their texts are. Conversions never fail and need no more memory than the text and a double, except
 * {@link #decimalValue} and {@link #bigIntegerValue}, which are exact for exponents up to {@value #MAX_SCALE}.
 */
final class RawNumber extends NumericNode {

    /** Beyond this exponent, a number is only converted to a double; its exact digits could exhaust the memory. */
    static final int MAX_SCALE = 10_000;

    private static final long serialVersionUID = 1;

    private final String text;

    RawNumber(String text) {
        this.text = text;
    }

    private boolean integral() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') return false;
        }
        return true;
    }

    /** The number as Integer, Long or BigDecimal, or as Double if its exponent exceeds {@link #MAX_SCALE}. */
    Number javaValue() {
        if (integral() && text.length() <= 18) {
            long value = Long.parseLong(text);
            if (value == (int) value) return (int) value;
            return value;
        }
        BigDecimal exact = exact();
        if (exact == null) return Double.valueOf(text);
        if (integral() && exact.unscaledValue().bitLength() < Long.SIZE) return exact.longValue();
        return exact;
    }

    private @Nullable BigDecimal exact() {
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs((long) value.scale()) > MAX_SCALE ? null : value;
        } catch (NumberFormatException exponentOutOfRange) {
            return null;
        }
    }

    @Override
    public JsonToken asToken() {
        return integral() ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return switch (javaValue()) {
            case Integer i -> JsonParser.NumberType.INT;
            case Long l -> JsonParser.NumberType.LONG;
            case Double d -> JsonParser.NumberType.DOUBLE;
            default -> integral() ? JsonParser.NumberType.BIG_INTEGER : JsonParser.NumberType.BIG_DECIMAL;
        };
    }

    @Override
    public Number numberValue() {
        Number value = javaValue();
        return value instanceof BigDecimal decimal && integral() ? decimal.toBigInteger() : value;
    }

    @Override
    public boolean isIntegralNumber() {
        return integral();
    }

    @Override
    public boolean isFloatingPointNumber() {
        return !integral();
    }

    @Override
    public boolean isInt() {
        return javaValue() instanceof Integer;
    }

    @Override
    public boolean isLong() {
        return javaValue() instanceof Long;
    }

    @Override
    public boolean isBigDecimal() {
        return !integral();
    }

    @Override
    public boolean isBigInteger() {
        return numberValue() instanceof BigInteger;
    }

    @Override
    public boolean canConvertToInt() {
        double value = doubleValue();
        return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    }

    @Override
    public boolean canConvertToLong() {
        BigDecimal value = exact();
        return value != null
                && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    @Override
    public boolean canConvertToExactIntegral() {
        BigDecimal value = exact();
        return value != null
                && (value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0);
    }

    @Override
    public int intValue() {
        return javaValue().intValue();
    }

    @Override
    public long longValue() {
        return javaValue().longValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public BigDecimal decimalValue() {
        BigDecimal exact = exact();
        if (exact == null) throw new ArithmeticException("a number's exponent is out of bounds");
        return exact;
    }

    @Override
    public BigInteger bigIntegerValue() {
        return decimalValue().toBigInteger();
    }

    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawNumber number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}

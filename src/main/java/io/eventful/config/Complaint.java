package io.eventful.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.TypeDescriptor;

/**
 * What is wrong with the form of a value, and how to correct it. A value is repeated only if its type is that of no secret: a
 * URI may contain a password.
 */
record Complaint(String message, String remedy) {

    /** Zero needs no unit. */
    private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?0*[1-9][0-9]*\\s*");

    /** Maximum number of characters of a value that are repeated. */
    private static final int SHOWN = 40;

    /**
     * The form of a type.
     *
     * @param name as in "is not …"
     * @param remedy what to write instead
     */
    private record Form(String name, String remedy) {}

    /** Checks a value by the schema of its key; null if it is well formed. */
    static @Nullable Complaint about(Schema schema, String value) {
        // A list may be written as one comma-separated string.
        if (schema instanceof Schema.Sequence(Schema.Scalar element)) {
            for (String each : value.isBlank() ? new String[0] : value.split(",")) {
                Complaint complaint = about(element, each.strip());
                if (complaint != null)
                    return new Complaint("contains an element that " + complaint.message, complaint.remedy);
            }
        }
        if (!(schema instanceof Schema.Scalar scalar)) return null;
        Class<?> type = scalar.type().toClass();
        // Spring would take milliseconds, where people mean seconds.
        if (type == Duration.class && BARE_NUMBER.matcher(value).matches())
            return new Complaint("is %1$s without a unit; write %1$ss, %1$sms or %1$sm".formatted(value.strip()), "");
        try {
            convert(scalar, value);
            return null;
        } catch (ConversionException | IllegalArgumentException e) {
            Form form = form(type);
            return new Complaint("is not " + form.name() + (isShown(type) ? ": " + shown(value) : ""), form.remedy());
        }
    }

    /** Converts a value; paths are handled here, because the conversion service does not support them. */
    private static @Nullable Object convert(Schema.Scalar scalar, String value) {
        if (scalar.type().toClass() == Path.class) return Path.of(value);
        return ApplicationConversionService.getSharedInstance()
                .convert(value, TypeDescriptor.valueOf(String.class), new TypeDescriptor(scalar.type(), null, null));
    }

    private static boolean isShown(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || Number.class.isAssignableFrom(type) || type == Duration.class;
    }

    private static String shown(String value) {
        String line = VisibleText.line(value);
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    private static Form form(Class<?> type) {
        if (type.isEnum()) {
            String all = Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
            return new Form("one of " + all, "Write one of them.");
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> new Form("a whole number", "Write digits only, such as 8080.");
            case "double", "Double" -> new Form("a number", "Write digits, such as 0.5.");
            case "boolean", "Boolean" -> new Form("true or false", "Write true or false.");
            case "Duration" ->
                new Form(
                        "a duration such as 200ms, 15s, 5m, 2h or 1d", "Write a number and its unit, without a blank.");
            case "DataSize" -> new Form("a size such as 64KB or 1MB", "Write a number and its unit, without a blank.");
            case "URI" ->
                new Form(
                        "a URI such as http://127.0.0.1:9000", "Write the whole URI, with special characters escaped.");
            case "Path" -> new Form("a path of a file or folder", "Write the path without control characters.");
            default -> new Form("a " + type.getSimpleName(), "Correct the value.");
        };
    }
}

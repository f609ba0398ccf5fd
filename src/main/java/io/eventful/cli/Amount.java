package io.eventful.cli;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as the configuration has it, such as {@code 2s}. */
final class Amount implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no duration; write it like 500ms, 2s or 1m");
        }
    }
}

package io.eventful.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code NAME=VALUE}, as options take it. */
record NamedValue(String name, String value) {

    /** The last value of each name. */
    static Map<String, String> map(List<NamedValue> all) {
        Map<String, String> map = new LinkedHashMap<>();
        all.forEach(each -> map.put(each.name, each.value));
        return map;
    }

    /** Of which a label is made, for example. */
    static final class Pair implements ITypeConverter<NamedValue> {
        @Override
        public NamedValue convert(String text) {
            return split(text, "=", "'%s' is not NAME=VALUE");
        }
    }

    /** A header field, which may also be written as it is sent; its name contains neither of the signs. */
    static final class Header implements ITypeConverter<NamedValue> {
        @Override
        public NamedValue convert(String text) {
            return split(text, "[:=]", "'%s' is neither NAME=VALUE nor 'NAME: VALUE'");
        }
    }

    private static NamedValue split(String text, String sign, String problem) {
        String[] parts = text.split(sign, 2);
        if (parts.length < 2 || parts[0].isBlank()) throw new TypeConversionException(problem.formatted(text));
        return new NamedValue(parts[0].strip(), parts[1].strip());
    }
}

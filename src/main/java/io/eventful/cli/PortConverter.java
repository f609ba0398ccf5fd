package io.eventful.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the number of a port that can be called. */
final class PortConverter implements ITypeConverter<Integer> {

    private static final int MAX = 65535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (isPort(port)) return port;
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("'" + text + "' is not a port; use a number from 1 to " + MAX);
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= MAX;
    }
}

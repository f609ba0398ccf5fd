package io.eventful.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a port, which begins with its scheme: {@code localhost:8081} would be a scheme itself. */
final class HttpAddress implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI address = new URI(text);
            String scheme = address.getScheme();
            if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) return address;
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new TypeConversionException(
                "'" + text + "' is no address of a port; write it like http://127.0.0.1:8081");
    }
}

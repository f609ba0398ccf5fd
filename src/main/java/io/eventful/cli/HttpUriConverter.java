package io.eventful.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an http or https URL. The scheme is required, because {@code localhost:8081} would be parsed as scheme {@code localhost}. */
final class HttpUriConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI address = new URI(text);
            String scheme = address.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean port = address.getPort() < 0 || PortConverter.isPort(address.getPort());
            if (address.getHost() != null && web && port) return address;
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw new TypeConversionException(
                "'" + text + "' is not the address of a port; use a format such as http://127.0.0.1:8081");
    }
}

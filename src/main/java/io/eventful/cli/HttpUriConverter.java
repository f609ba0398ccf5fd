package io.eventful.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts an http or https URL. The scheme is required, because {@code localhost:8081} would be parsed as scheme
 * {@code localhost}. What would be left out of the calls to it, such as a user name, is refused.
 */
final class HttpUriConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI address = new URI(text);
            String scheme = address.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean port = address.getPort() < 0 || PortConverter.isPort(address.getPort());
            boolean bare = address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            if (address.getHost() != null && web && port && bare) return address;
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw refused(text);
    }

    /** Such an address may contain a password, which is not repeated. */
    static TypeConversionException refused(String text) {
        String what = text.contains("@") ? "an address with a user name or password" : "'" + text + "'";
        return new TypeConversionException(
                what + " is not the address of a port; use a format such as http://127.0.0.1:8081");
    }
}

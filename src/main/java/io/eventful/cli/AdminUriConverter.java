package io.eventful.cli;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;

/** Converts the address of an admin port. It has no path: the paths of the API begin at the root. */
final class AdminUriConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        URI address = new HttpUriConverter().convert(text);
        if (address.getRawPath().isEmpty() || address.getRawPath().equals("/")) return address;
        throw HttpUriConverter.refused(text);
    }
}

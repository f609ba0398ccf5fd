package io.eventful.admin;

import java.net.URI;

/** A URL for display, without the parts that may contain a password or a token. */
final class MaskedUrl {

    private MaskedUrl() {}

    static String of(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?…";
        return (address.getScheme() == null ? "" : address.getScheme() + "://") + host + port + path + query;
    }
}

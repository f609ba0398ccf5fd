package io.eventful.admin;

import java.net.URI;

/** An address as people see it: what might be a password or a token in it is left out. */
final class SinkText {

    private SinkText() {}

    static String of(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?…";
        return (address.getScheme() == null ? "" : address.getScheme() + "://") + host + port + path + query;
    }
}

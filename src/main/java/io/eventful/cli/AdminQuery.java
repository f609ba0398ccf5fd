package io.eventful.cli;

import org.jspecify.annotations.Nullable;

/** A path of the admin API with query parameters. */
final class AdminQuery {

    private final StringBuilder path;

    AdminQuery(String path) {
        this.path = new StringBuilder(path);
    }

    /** Adds a parameter; none for null. */
    AdminQuery with(String name, @Nullable Object value) {
        if (value != null)
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(AdminApi.segment(value.toString()));
        return this;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

package io.eventful.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The Camel component of {@code view:NAME}; one instance per Camel context. */
public final class ViewComponent extends DefaultComponent {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final @Nullable Views views;
    private final Map<String, ViewOptions> named = new HashMap<>();

    /** For checks of URIs and options without a gateway; its endpoints neither send nor receive. */
    public ViewComponent() {
        this.views = null;
    }

    ViewComponent(Views views) {
        this.views = views;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!NAME.matcher(remaining).matches())
            throw new IllegalArgumentException("view: has no usable name (" + remaining
                    + "); write view:NAME of up to 100 letters, digits, '.', '_' and '-'");
        Map<String, String> given = new LinkedHashMap<>();
        parameters.forEach((name, value) -> given.put(name, String.valueOf(value)));
        parameters.clear();
        ViewOptions options = ViewOptions.parse(given);
        synchronized (named) {
            ViewOptions other = named.putIfAbsent(remaining, options);
            if (other != null && !other.equals(options))
                throw new IllegalArgumentException("view:" + remaining
                        + " is used twice with different options; use the same options in both places");
        }
        return new ViewEndpoint(uri, this, views, remaining, options);
    }
}

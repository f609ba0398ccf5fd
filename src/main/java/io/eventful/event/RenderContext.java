package io.eventful.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rendering needs besides the change.
 *
 * @param publicUrl base of links, such as {@code https://api.example.org}; a trailing slash is passed over
 * @param options the route's options for this rendering, checked by {@link Rendering#check}
 */
public record RenderContext(String publicUrl, Map<String, String> options) {

    public RenderContext {
        if (publicUrl.endsWith("/")) publicUrl = publicUrl.substring(0, publicUrl.length() - 1);
        options = Map.copyOf(options);
    }

    /** Without options. */
    public RenderContext(String publicUrl) {
        this(publicUrl, Map.of());
    }

    String link(Change change) {
        String subject = change.item().subject();
        return subject.startsWith("/") ? publicUrl + subject : publicUrl + '/' + subject;
    }

    String option(String name, String standard) {
        return options.getOrDefault(name, standard);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }
}

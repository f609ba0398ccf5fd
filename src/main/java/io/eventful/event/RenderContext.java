package io.eventful.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input of a rendering besides the change.
 *
 * @param publicUrl base of links, such as {@code https://api.example.org}; a trailing slash is ignored
 * @param options the route's options for this rendering, checked by {@link Rendering#check}
 * @param claims creates the links of claim checks; null: no claim checks
 */
public record RenderContext(
        String publicUrl,
        Map<String, String> options,
        @Nullable ClaimLinks claims) {

    public RenderContext {
        if (publicUrl.endsWith("/")) publicUrl = publicUrl.substring(0, publicUrl.length() - 1);
        options = Map.copyOf(options);
    }

    /** A context without options. */
    public RenderContext(String publicUrl) {
        this(publicUrl, Map.of());
    }

    /** A context without claim checks. */
    public RenderContext(String publicUrl, Map<String, String> options) {
        this(publicUrl, options, null);
    }

    /** Maximum size of the data in bytes, by the option {@value Rendering#LIMIT}. */
    int limit(int standard) {
        String limit = options.get(Rendering.LIMIT);
        return limit == null ? standard : Sizes.parse(Rendering.LIMIT, limit);
    }

    /** Whether each changed member becomes a separate event. */
    boolean isSplit() {
        return "true".equals(options.get(Rendering.SPLIT));
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

package io.eventful.routes;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Excludes the auto-configuration of Camel, which would start an unused context in addition to those of the generations.
 * The component options ({@code camel.component.…}) are applied to the context of each generation instead.
 */
final class CamelAutoConfigurationFilter implements AutoConfigurationImportFilter {

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++)
            matches[i] = classes[i] == null || !classes[i].startsWith("org.apache.camel.");
        return matches;
    }
}

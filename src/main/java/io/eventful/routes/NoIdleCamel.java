package io.eventful.routes;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps Camel's auto-configuration out: it would start an idle context beside those of the generations of routes.
 * What configures components ({@code camel.component.…}) is applied to each generation's context instead.
 */
final class NoIdleCamel implements AutoConfigurationImportFilter {

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++)
            matches[i] = classes[i] == null || !classes[i].startsWith("org.apache.camel.");
        return matches;
    }
}

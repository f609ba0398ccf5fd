package io.eventful.config;

import java.util.List;
import java.util.Map;

/**
 * A validated configuration.
 *
 * @param properties the configured keys (canonical) and values, for Spring's environment
 * @param settings the settings records, complete with defaults
 */
public record LoadedConfiguration(Map<String, Object> properties, List<Object> settings) {

    /** The settings of a type. */
    public <T> T get(Class<T> type) {
        return settings.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is not a known settings record"));
    }

    /** Without values, because some are secrets. */
    @Override
    public String toString() {
        return "LoadedConfiguration" + properties.keySet();
    }
}

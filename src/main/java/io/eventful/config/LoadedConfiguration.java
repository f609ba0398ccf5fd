package io.eventful.config;

import java.util.List;
import java.util.Map;

/**
 * A configuration that has been checked as a whole.
 *
 * @param properties canonical keys and values as Spring's environment wants them, only those that were written
 * @param settings the settings records, complete with defaults
 */
public record LoadedConfiguration(Map<String, Object> properties, List<Object> settings) {

    /** The settings of one type. */
    public <T> T get(Class<T> type) {
        return settings.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is not among the settings"));
    }

    /** Without the values, some of which are secrets. */
    @Override
    public String toString() {
        return "LoadedConfiguration" + properties.keySet();
    }
}

package io.eventful.config;

import java.util.List;

/**
 * One setting as written in its source.
 *
 * @param path names from the root, as written; a list index is a name in brackets
 * @param value value as text
 * @param origin file and line, environment variable, or flag
 */
record Entry(List<String> path, String value, String origin) {}

package io.eventful.config;

import java.util.List;

/**
 * One setting as somebody wrote it.
 *
 * @param path names from the root, as written; an index of a list is a name in brackets
 * @param value its text
 * @param origin file and line, environment variable, or flag
 */
record Entry(List<String> path, String value, String origin) {}

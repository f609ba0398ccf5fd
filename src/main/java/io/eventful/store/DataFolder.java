package io.eventful.store;

import java.nio.file.Path;

/**
 * The data folder of the gateway. An instance guarantees that the folder exists, is writable, and is locked by this
 * process.
 *
 * @param path absolute path
 */
public record DataFolder(Path path) {}

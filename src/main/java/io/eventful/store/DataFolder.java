package io.eventful.store;

import java.nio.file.Path;

/**
 * The folder that holds everything the gateway keeps. Who has this object knows that the folder exists, can be
 * written, and belongs to this process alone.
 *
 * @param path absolute path
 */
public record DataFolder(Path path) {}

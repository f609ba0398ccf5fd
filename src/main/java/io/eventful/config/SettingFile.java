package io.eventful.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that settings name. */
public final class SettingFile {

    private SettingFile() {}

    /**
     * The content of a file.
     *
     * @param path absolute, or relative to the current folder
     * @throws IOException with the path and what is wrong; Java's own message is often only the path
     */
    public static byte[] read(Path path) throws IOException {
        if (Files.isDirectory(path)) throw new IOException(path + " is a folder, not a file");
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + " cannot be read: this user has no permission", e);
        } catch (IOException e) {
            throw new IOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}

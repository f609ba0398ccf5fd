package io.eventful.admin;

import io.eventful.config.FieldText;
import io.eventful.store.DataFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The key to the admin port; compared in constant time and never printed. */
final class AdminKey {

    static final String FILE = "admin.key";
    private static final int RANDOM_BYTES = 32;

    private final byte[] digest;

    private AdminKey(String key) {
        this.digest = DigestUtils.sha256(key);
    }

    /** The configured key, or else the one in {@code <data>/admin.key}, which is generated if it is missing (mode 0600). */
    static AdminKey of(@Nullable String configured, Path data, SecureRandom random) {
        if (configured != null) return new AdminKey(configured);
        Path file = data.resolve(FILE);
        try {
            if (Files.isRegularFile(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) return new AdminKey(usable(kept, file));
                Files.delete(file);
            }
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            write(file, made);
            return new AdminKey(made);
        } catch (IOException e) {
            throw new DataFolderException(
                    "the admin key " + file + " cannot be read or written (" + e
                            + "); grant this user read and write access, or set eventful.admin.key",
                    e);
        }
    }

    /** A key that arrives as it is in the file; nobody could sign in with another one. */
    private static String usable(String kept, Path file) {
        FieldText.problem(kept).ifPresent(problem -> {
            throw new DataFolderException(
                    "the admin key in " + file + " " + problem + ". Or delete the file, to have a key generated");
        });
        return kept;
    }

    private static void write(Path file, String key) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        byte[] line = (key + "\n").getBytes(StandardCharsets.UTF_8);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (var channel = posix
                ? Files.newByteChannel(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.newByteChannel(file, options)) {
            channel.write(ByteBuffer.wrap(line));
        }
    }

    /** True when the presented key is this one. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(digest, DigestUtils.sha256(presented));
    }

    /** A hash that distinguishes keys, so that they need not be stored. */
    static String fingerprint(String presented) {
        return DigestUtils.sha256Hex(presented);
    }
}

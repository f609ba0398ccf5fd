package io.eventful.subscription;

import io.eventful.store.DataFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that secrets are encrypted with: from the environment, else from a file that only its owner can read. */
public final class MasterKey {

    /** Name of the environment variable with the key. */
    public static final String VARIABLE = "EVENTFUL_MASTER_KEY";

    static final String FILE = "master.key";

    private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
    private static final int BYTES = 32;

    private MasterKey() {}

    /** Whether the value of the variable is a key, or none, so that the file has it. */
    public static boolean isUsable(@Nullable String variable) {
        return variable == null || variable.isBlank() || bytes(variable).length == BYTES;
    }

    /**
     * Reads the key; makes and writes one when there is none.
     *
     * @param variable value of the environment variable; null or empty for the file
     * @throws DataFolderException when what is there is no key
     */
    static SecretKey load(@Nullable String variable, Path folder, SecureRandom random) {
        if (variable != null && !variable.isBlank()) return key(variable, "the variable " + VARIABLE);
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) create(file, random);
            warnWhenOpen(file);
            return key(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
        } catch (IOException e) {
            throw new DataFolderException(
                    "the master key " + file + " cannot be read or created (" + e
                            + "); grant this user read and write access, or set the key in " + VARIABLE,
                    e);
        }
    }

    private static SecretKey key(String text, String place) {
        byte[] bytes = bytes(text);
        if (bytes.length == BYTES) return new SecretKeySpec(bytes, "AES");
        throw new DataFolderException(place + " contains no master key: it must be the Base64 form of " + BYTES
                + " bytes (openssl rand -base64 32). Stored secrets can only be read with the key that encrypted them");
    }

    /** Empty for what is no Base64: the message of the exception would quote the key. */
    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** A key is complete under its name or not there at all. */
    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Path draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        ByteBuffer text = StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(bytes) + "\n");
        try (FileChannel channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            while (text.hasRemaining()) channel.write(text);
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        if (posix(file)) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
        LOG.info("subscription.master-key.created file={}", file);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return posix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void warnWhenOpen(Path file) throws IOException {
        if (!posix(file)) return;
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ))
            LOG.warn("subscription.master-key.readable-by-others file={} remedy=\"chmod 600\"", file);
    }
}

package io.eventful.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which channel each address of the embedded broker is of, or was before the channel moved: what its consumers had not
 * read is still there. Kept in a file beside the journal, a line {@code address channel} for each, in the order of moves.
 */
final class AddressBook {

    private static final Logger log = LoggerFactory.getLogger(AddressBook.class);
    private static final String FILE = "channels";

    private final Path file;
    /** Channels by address, the last move at the end. Guarded by this. */
    private final SequencedMap<String, String> owners = new LinkedHashMap<>();
    /** The same with the last address of each channel only. */
    private final Map<String, String> latest = new ConcurrentHashMap<>();

    /** @param folder the embedded broker's; need not be there */
    AddressBook(Path folder) {
        file = folder.resolve(FILE);
        if (!Files.exists(file)) return;
        try {
            for (String line : Files.readAllLines(file)) {
                int between = line.indexOf(' ');
                if (between > 0) remember(line.substring(between + 1), line.substring(0, between));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read", e);
        }
    }

    /** A channel uses an address, from now on. Durable on return, unless the disk fails. */
    void note(String channel, String address) {
        if (channel.equals(latest.get(address))) return;
        synchronized (this) {
            remember(channel, address);
            try {
                write();
            } catch (IOException e) {
                // The next use tries again.
                latest.remove(address);
                log.warn("channel.address-not-noted file={} channel={} address={}", file, channel, address, e);
            }
        }
    }

    private void remember(String channel, String address) {
        latest.values().remove(channel);
        latest.put(address, channel);
        owners.remove(address);
        owners.put(address, channel);
    }

    private void write() throws IOException {
        String text = owners.entrySet().stream()
                .map(owned -> owned.getKey() + " " + owned.getValue() + "\n")
                .collect(Collectors.joining());
        Path next = file.resolveSibling(FILE + ".next");
        try (FileChannel open = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) open.write(bytes);
            open.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The addresses where a channel may have left events, oldest first: those it has used that are no other's since. What
     * ran before there was this book has used the channel's name, unless it was told another one.
     */
    synchronized List<String> of(String channel) {
        List<String> own = owners.entrySet().stream()
                .filter(owned -> owned.getValue().equals(channel))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
        if (!owners.containsKey(channel)) own.addFirst(channel);
        return own;
    }
}

package io.eventful.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Names the members of consumer groups so that a restart is the same member again (static membership): a killed
 * gateway goes on at once, instead of when its session has timed out. While one generation of routes follows another,
 * a group has two members of this process, so names are numbered, the lowest free one first.
 */
final class KafkaMembers {

    private static final String FILE = "kafka-member";

    private final @Nullable String process;
    private final Map<String, BitSet> taken = new HashMap<>();

    private KafkaMembers(@Nullable String process) {
        this.process = process;
    }

    /** Members that the cluster names; each is a new one. */
    static KafkaMembers nameless() {
        return new KafkaMembers(null);
    }

    /** Members named after what is kept in a data folder, which belongs to one process at a time. */
    static KafkaMembers of(Path data) {
        Path file = data.resolve(FILE);
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.matches("[a-zA-Z0-9-]{8,64}")) {
                kept = "eventful-" + UUID.randomUUID();
                Files.writeString(file, kept + "\n");
            }
            return new KafkaMembers(kept);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder cannot hold " + file, e);
        }
    }

    /** A name in a group, until {@link Member#leave}. */
    synchronized Member join(String group) {
        BitSet numbers = taken.computeIfAbsent(group, first -> new BitSet());
        int number = numbers.nextClearBit(0);
        numbers.set(number);
        return new Member(group, number);
    }

    private synchronized void leave(String group, int number) {
        BitSet numbers = taken.get(group);
        if (numbers != null) numbers.clear(number);
    }

    /** A member of a group. */
    final class Member {
        private final String group;
        private final int number;
        private final AtomicBoolean left = new AtomicBoolean();
        private volatile boolean nameless;

        private Member(String group, int number) {
            this.group = group;
            this.number = number;
        }

        /** Its {@code group.instance.id}. */
        Optional<String> name() {
            return process == null || nameless ? Optional.empty() : Optional.of(process + "-" + number);
        }

        /** Somebody else goes by this name, as with a copied data folder: better a slow restart than two that take turns. */
        void mistaken() {
            nameless = true;
        }

        void leave() {
            if (left.compareAndSet(false, true)) KafkaMembers.this.leave(group, number);
        }
    }
}

package io.eventful.command;

import io.eventful.command.Pending.Interest;
import io.eventful.edge.RequestHead;
import io.eventful.event.Item;
import io.eventful.ledger.KeyClaim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All commands, as far as their limits, their identities and their owners are concerned. */
final class Registry {

    private static final int ID_BYTES = 16;

    /** Before the id, the claim of a command without a key. */
    static final String UNKEYED = "command:";

    private final CommandStore store;
    private final Rows rows;
    private final Engine engine;
    private final Safe safe;
    private final Clock clock;
    private final SecureRandom random;
    private final CommandSettings settings;
    private final AtomicInteger entering = new AtomicInteger();
    /** Bytes of requests and replies on disk. */
    private final AtomicLong stored;

    Registry(
            CommandStore store,
            Rows rows,
            Engine engine,
            Safe safe,
            Clock clock,
            SecureRandom random,
            CommandSettings settings,
            AtomicLong stored) {
        this.store = store;
        this.rows = rows;
        this.engine = engine;
        this.safe = safe;
        this.clock = clock;
        this.random = random;
        this.settings = settings;
        this.stored = stored;
    }

    /** A command's place among all, until it counts by itself. */
    final class Place implements AutoCloseable {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place() {}

        /** Gives the place back, once. */
        @Override
        public void close() {
            if (taken.compareAndSet(true, false)) entering.decrementAndGet();
        }
    }

    /** Takes a place for a command; empty when there is none. */
    Optional<Place> reserve() {
        boolean room = entering.incrementAndGet() + engine.size() <= settings.queue()
                && stored.get() + settings.bodyLimit().toBytes()
                        <= settings.storage().toBytes();
        if (room) return Optional.of(new Place());
        entering.decrementAndGet();
        return Optional.empty();
    }

    /** Bytes on disk have been added, or taken away. */
    void stored(long bytes) {
        stored.addAndGet(bytes);
    }

    long stored() {
        return stored.get();
    }

    /**
     * Makes a command of a request; blocks until it is durable. Empty when another one has the key.
     *
     * @param credential of the caller
     */
    Optional<Pending> keep(
            Submission write, StoredRequest request, String credential, Optional<KeyClaim> key, Interest interest) {
        byte[] bits = new byte[ID_BYTES];
        random.nextBytes(bits);
        String id = HexFormat.of().formatHex(bits);
        byte[] sealed = safe.seal(request.bytes(), Runner.place(id));
        CommandStore.Draft draft = new CommandStore.Draft(
                id,
                request.head().method(),
                request.head().path(),
                lane(write, id),
                write.upstream(),
                owner(id, credential),
                key.map(KeyClaim::owner).orElse(UNKEYED + id),
                key.map(KeyClaim::fingerprint).orElse(id),
                key.isPresent(),
                clock.instant(),
                sealed);
        return store.insert(draft)
                .thenApply(inserted -> {
                    inserted.ifPresent(command -> {
                        stored(sealed.length);
                        if (interest == Interest.REPLY) command.waiting.incrementAndGet();
                        engine.accept(command);
                    });
                    return inserted;
                })
                .join();
    }

    /** What order is kept by. A create has none: a lane of its own. */
    private static String lane(Submission write, String id) {
        return write.order() == Submission.Order.NONE ? id : lane(write.item());
    }

    private static String lane(Item item) {
        return item.source() + '\n' + item.scope() + '\n' + item.subject();
    }

    private String owner(String id, String credential) {
        return safe.mac("command\n" + id + '\n' + credential);
    }

    /** A command, for who has the credentials that submitted it. */
    Optional<Command> find(String id, String credential) {
        return rows.find(id)
                .filter(found -> MessageDigest.isEqual(
                        found.owner().getBytes(StandardCharsets.US_ASCII),
                        owner(id, credential).getBytes(StandardCharsets.US_ASCII)))
                .map(found -> now(found.command()));
    }

    /** A row, with what the memory knows better. */
    Command now(Command row) {
        Pending command = row.status() == Command.Status.PENDING ? engine.find(row.id()) : null;
        boolean running =
                command != null && (command.doubtful || engine.<Boolean>look(backlog -> backlog.isRunning(command)));
        return running ? row.running() : row;
    }

    /**
     * A command that was just kept. The store is not asked: if it failed now, the caller would be told that a command was not
     * accepted which is.
     */
    Command shown(Pending command, RequestHead head) {
        return now(command.shown(head));
    }

    Optional<Rows.Owned> byClaim(String claim) {
        return rows.byClaim(claim);
    }

    boolean isClaimed(String claim) {
        return engine.<Boolean>look(backlog -> backlog.isClaimed(claim));
    }

    /** True when commands wait before a write. */
    boolean isWaitedFor(Submission write) {
        return write.order() == Submission.Order.SUBJECT && last(write).isPresent();
    }

    /** The last command of the item of a write. */
    Optional<Pending> last(Submission write) {
        if (write.order() == Submission.Order.NONE) return Optional.empty();
        @Nullable Pending last = engine.look(backlog -> backlog.last(lane(write.item())));
        return Optional.ofNullable(last);
    }
}

package io.eventful.routetest;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Bounds what the aliases of a file stand for: how many there are does not matter, how much they become does. */
final class AliasExpansion {

    /** Maximum number of values that aliases stand for, together. */
    static final int LIMIT = 100_000;

    private final Set<Node> seen = identitySet();
    /** Nodes on the path from the root to the current one. */
    private final Set<Node> open = identitySet();

    /** What the outermost alias on the path stands for; null outside of aliases. */
    private @Nullable Node aliased;

    private int repeated;

    /** The aliases cannot be replaced with what they stand for. */
    static final class UnboundedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Node node;
        private final String remedy;

        private UnboundedException(Node node, String message, String remedy) {
            super(message);
            this.node = node;
            this.remedy = remedy;
        }

        /** What the alias stands for. */
        Node node() {
            return node;
        }

        String remedy() {
            return remedy;
        }
    }

    private static Set<Node> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Reads a node; fails with {@link UnboundedException} if it contains itself, or is one too many. */
    <T> T within(Node node, Supplier<T> read) {
        if (!open.add(node))
            throw new UnboundedException(node, "an alias refers to what it stands in", "write out what is meant");
        boolean outermost = !seen.add(node) && aliased == null;
        if (outermost) aliased = node;
        if (aliased != null && ++repeated > LIMIT)
            throw new UnboundedException(
                    aliased,
                    "the aliases of the file stand for more than " + LIMIT + " values",
                    "write fewer of them, or split the file");
        try {
            return read.get();
        } finally {
            if (outermost) aliased = null;
            open.remove(node);
        }
    }
}

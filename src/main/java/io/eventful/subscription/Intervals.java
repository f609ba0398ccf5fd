package io.eventful.subscription;

import io.eventful.subscription.IndexKey.Range;
import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of numbers, found by a number that lies in them: a search tree by lower bound whose nodes know the highest upper
 * bound below them, kept in balance as a treap. What a search takes grows with the depth for each that it finds. Immutable, so
 * that readers see one state beside a writer.
 */
record Intervals(@Nullable Node root) {

    static final Intervals NONE = new Intervals(null);

    private static final Comparator<Range> ORDER =
            Comparator.comparingDouble(Range::low).thenComparingDouble(Range::high);

    private record Node(
            Range range, @Nullable Node left, @Nullable Node right, double highest) {
        static Node of(Range range, @Nullable Node left, @Nullable Node right) {
            double highest = range.high();
            if (left != null) highest = Math.max(highest, left.highest);
            if (right != null) highest = Math.max(highest, right.highest);
            return new Node(range, left, right, highest);
        }

        /** Without a pattern in what is sorted. */
        int priority() {
            int hash = (Double.hashCode(range.low()) * 31 + Double.hashCode(range.high())) * 0x9E3779B9;
            return (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        }
    }

    /** With an interval more, if it is not there. */
    Intervals with(Range range) {
        return new Intervals(with(root, range));
    }

    private static Node with(@Nullable Node node, Range range) {
        if (node == null) return Node.of(range, null, null);
        int order = ORDER.compare(range, node.range);
        if (order == 0) return node;
        if (order < 0) {
            Node left = with(node.left, range);
            return left.priority() > node.priority()
                    ? Node.of(left.range, left.left, Node.of(node.range, left.right, node.right))
                    : Node.of(node.range, left, node.right);
        }
        Node right = with(node.right, range);
        return right.priority() > node.priority()
                ? Node.of(right.range, Node.of(node.range, node.left, right.left), right.right)
                : Node.of(node.range, node.left, right);
    }

    /** Without one, if it is there. */
    Intervals without(Range range) {
        return new Intervals(without(root, range));
    }

    private static @Nullable Node without(@Nullable Node node, Range range) {
        if (node == null) return null;
        int order = ORDER.compare(range, node.range);
        if (order == 0) return joined(node.left, node.right);
        return order < 0
                ? Node.of(node.range, without(node.left, range), node.right)
                : Node.of(node.range, node.left, without(node.right, range));
    }

    private static @Nullable Node joined(@Nullable Node left, @Nullable Node right) {
        if (left == null) return right;
        if (right == null) return left;
        return left.priority() > right.priority()
                ? Node.of(left.range, left.left, joined(left.right, right))
                : Node.of(right.range, joined(left, right.left), right.right);
    }

    boolean isEmpty() {
        return root == null;
    }

    /** Calls for each interval that holds a number. */
    void find(double number, Consumer<Range> found) {
        find(root, number, found);
    }

    private static void find(@Nullable Node node, double number, Consumer<Range> found) {
        if (node == null || node.highest < number) return;
        find(node.left, number, found);
        if (node.range.low() > number) return;
        if (node.range.high() >= number) found.accept(node.range);
        find(node.right, number, found);
    }
}

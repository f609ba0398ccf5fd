package io.eventful.delivery;

/**
 * Deliveries that have ended or are recorded, so that a repeat by the broker is not sent again. Knows at least the
 * latest half of its limit, at most its limit. Keeps 16 bytes made of an id instead of the id: there are many, and the
 * collector has nothing to do with them. Ids hold a hash, so those of two deliveries are never the same in practice.
 * Thread-safe.
 */
final class Recent {

    private final int half;
    private Generation young = new Generation();
    private Generation old = new Generation();

    Recent(int limit) {
        half = Math.max(1, limit / 2);
    }

    synchronized void add(String delivery) {
        young.add(high(delivery), low(delivery));
        if (young.size < half) return;
        old = young;
        young = new Generation();
    }

    synchronized boolean knows(String delivery) {
        long high = high(delivery);
        long low = low(delivery);
        return young.knows(high, low) || old.knows(high, low);
    }

    /** Never 0, which is a free place. */
    private static long high(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        return mixed(hash) | 1;
    }

    private static long low(String text) {
        long hash = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < text.length(); i++) hash = Long.rotateLeft(hash + text.charAt(i), 7) * 0xc2b2ae3d27d4eb4fL;
        return mixed(hash);
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 33;
    }

    /** A set of pairs, with linear probing; at most half full. */
    private static final class Generation {

        private long[] pairs = new long[64];
        private int size;

        void add(long high, long low) {
            int at = place(high, low);
            if (pairs[at] != 0) return;
            pairs[at] = high;
            pairs[at + 1] = low;
            size++;
            if (size * 4 > pairs.length) grow();
        }

        boolean knows(long high, long low) {
            return pairs[place(high, low)] != 0;
        }

        /** Where a pair is, or would be. */
        private int place(long high, long low) {
            int at = (int) low << 1 & pairs.length - 1;
            while (pairs[at] != 0 && (pairs[at] != high || pairs[at + 1] != low)) at = at + 2 & pairs.length - 1;
            return at;
        }

        private void grow() {
            long[] before = pairs;
            pairs = new long[before.length * 2];
            for (int i = 0; i < before.length; i += 2) {
                if (before[i] == 0) continue;
                int at = place(before[i], before[i + 1]);
                pairs[at] = before[i];
                pairs[at + 1] = before[i + 1];
            }
        }
    }
}

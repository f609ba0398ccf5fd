package io.eventful.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * The lines (subjects) of one subscription in which something waits or is in flight. Counts a bounded number of lines;
 * with more, every line counts as waiting until those have ended: slower, never out of order. Guarded by its lane.
 */
final class Lines {

    private final int limit;
    private final Map<String, Integer> counts = new HashMap<>();
    private long uncounted;

    Lines(int limit) {
        this.limit = limit;
    }

    boolean waits(String line) {
        return uncounted > 0 || counts.containsKey(line);
    }

    void add(String line, int more) {
        if (counts.size() < limit || counts.containsKey(line)) counts.merge(line, more, Integer::sum);
        else uncounted += more;
    }

    void remove(String line) {
        Integer count = counts.get(line);
        if (count == null) uncounted = Math.max(0, uncounted - 1);
        else if (count == 1) counts.remove(line);
        else counts.put(line, count - 1);
    }
}

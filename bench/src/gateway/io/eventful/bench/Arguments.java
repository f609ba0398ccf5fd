package io.eventful.bench;

import java.util.List;

/** Options as {@code bench/run} takes them. */
final class Arguments {

    private Arguments() {}

    static int number(List<String> options, String name, int absent) {
        int index = options.indexOf(name);
        return index < 0 ? absent : Integer.parseInt(options.get(index + 1));
    }
}

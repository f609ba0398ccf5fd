package io.eventful.capture;

import io.eventful.event.UnavailableException;

/** Error texts that may be kept and logged. */
final class Reasons {

    private static final int MAX = 300;

    private Reasons() {}

    /**
     * Kind and message of what says most: what is unavailable, in the gateway's own words, or else the root cause. Without
     * the values that Camel appends to its messages.
     */
    static String of(Throwable error) {
        Throwable root = error;
        for (int depth = 0;
                depth < 20
                        && !(root instanceof UnavailableException)
                        && root.getCause() != null
                        && root.getCause() != root;
                depth++) root = root.getCause();
        String message = root.getMessage();
        if (message == null) return root.getClass().getSimpleName();
        for (String marker : new String[] {" with value", "Exchange[", " value: ", " body: "}) {
            int end = message.indexOf(marker);
            if (end >= 0) message = message.substring(0, end);
        }
        String line = message.lines().findFirst().orElse("");
        String text = root.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
        return text.length() > MAX ? text.substring(0, MAX) : text;
    }
}

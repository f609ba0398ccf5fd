package io.eventful.routetest;

import java.util.Map;

/** Colours for a terminal, or none. */
public enum Paint {
    PLAIN,
    COLOURED;

    /** What the launcher says of standard output: Java itself cannot tell on every release. */
    private static final String TERMINAL = "eventful.terminal";

    /** Colours where standard output is a terminal, unless the environment has other wishes. */
    public static Paint standard() {
        return of(System.getenv(), Boolean.getBoolean(TERMINAL));
    }

    /** NO_COLOR asks for none; FORCE_COLOR asks for them anywhere. */
    static Paint of(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) return PLAIN;
        return (terminal && !"dumb".equals(environment.get("TERM"))) || environment.containsKey("FORCE_COLOR")
                ? COLOURED
                : PLAIN;
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}

package io.eventful.cli;

import java.util.Map;

/** Colours of a terminal, or none. */
enum Colours {
    ON,
    OFF;

    private static final String RESET = "\u001B[0m";

    /** On in a terminal, unless NO_COLOR asks for none; FORCE_COLOR asks for them anywhere. */
    static Colours of(Map<String, String> environment, boolean terminal) {
        if (environment.containsKey("NO_COLOR")) return OFF;
        return (terminal && !"dumb".equals(environment.get("TERM"))) || environment.containsKey("FORCE_COLOR")
                ? ON
                : OFF;
    }

    String red(String text) {
        return paint("31;1", text);
    }

    String yellow(String text) {
        return paint("33;1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return this == OFF ? text : "\u001B[" + code + "m" + text + RESET;
    }
}

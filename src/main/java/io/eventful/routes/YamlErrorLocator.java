package io.eventful.routes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Locates the likely cause of a YAML syntax error. The parser often reports an error one or more lines after the missing
 * character.
 */
final class YamlErrorLocator {

    private static final Pattern KEY = Pattern.compile("[\"']?[^\\s\"'#:]+[\"']?:(\\s.*)?");
    private static final Pattern KEY_WITHOUT_COLON = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)(\\s.*)?");
    private static final Pattern FOLDED = Pattern.compile(".*:\\s*[>|][-+0-9]*");
    private static final Pattern QUOTE = Pattern.compile("(?<!\\\\)\"");
    /** Maximum number of lines between the cause and the reported position. */
    private static final int REACH = 2;

    private final String file;
    private final List<String> lines;

    private YamlErrorLocator(RouteFile file) {
        this.file = file.path();
        this.lines = file.text().lines().toList();
    }

    static RouteProblem of(RouteFile file, MarkedYamlEngineException e) {
        return new YamlErrorLocator(file).problem(e);
    }

    /** The problem of a character that YAML does not allow. */
    static RouteProblem of(RouteFile file, ReaderException e) {
        String before = file.text()
                .substring(
                        0,
                        file.text()
                                .offsetByCodePoints(
                                        0,
                                        Math.min(
                                                e.getPosition(),
                                                file.text()
                                                        .codePointCount(
                                                                0, file.text().length()))));
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new Place(file.path(), line, before.length() - before.lastIndexOf('\n'))
                .error(
                        "yaml-syntax",
                        "invalid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()),
                        "delete it, or write it as an escape sequence in double quotes");
    }

    private RouteProblem problem(MarkedYamlEngineException e) {
        Place noticed = Place.of(file, e.getProblemMark().or(e::getContextMark));
        String what = e.getProblem() == null ? "" : e.getProblem();
        if (what.contains("another document"))
            return noticed.error(
                    "yaml-syntax",
                    "the file contains more than one YAML document",
                    "join them to one list, without ---");
        int open = openQuote(noticed.line());
        if (open > 0)
            return place(open, lines.get(open - 1).lastIndexOf('"'))
                    .error("yaml-syntax", "invalid YAML: a quoted string is not closed", "close it with \"");
        if (what.contains("':'") || what.contains("mapping values")) {
            for (int line = Math.min(noticed.line(), lines.size());
                    line >= Math.max(1, noticed.line() - REACH);
                    line--) {
                Matcher key = KEY_WITHOUT_COLON.matcher(content(line));
                if (key.matches() && !KEY.matcher(content(line)).matches() && !continues(line))
                    return place(
                                    line,
                                    lines.get(line - 1).indexOf(key.group(1))
                                            + key.group(1).length())
                            .error(
                                    "yaml-syntax",
                                    "invalid YAML: a colon is missing after \"" + key.group(1) + "\"",
                                    "write " + key.group(1) + ":");
            }
        }
        if (what.startsWith("expected <block end>") || what.contains("mapping values"))
            return noticed.error("yaml-syntax", "invalid YAML: wrong indentation" + begun(e), REMEDY);
        return noticed.error(
                "yaml-syntax", what.isEmpty() ? "the file is not valid YAML" : "invalid YAML: " + what, REMEDY);
    }

    private static final String REMEDY = "check indentation, quotes and colons on this line and the line above";

    private static String begun(MarkedYamlEngineException e) {
        return e.getContextMark()
                .map(Mark.class::cast)
                .map(mark -> ": the block that starts at line " + (mark.getLine() + 1) + " is indented by "
                        + mark.getColumn())
                .orElse(" (see the line above)");
    }

    private Place place(int line, int column) {
        return new Place(file, line, column + 1);
    }

    /** The content of a line without comment, indentation and dashes. */
    private String content(int line) {
        String text = lines.get(line - 1).strip();
        while (text.startsWith("- ")) text = text.substring(2).strip();
        return text.startsWith("#") ? "" : text;
    }

    /** Whether a line belongs to a block scalar: it is indented more than the key with the indicator above. */
    private boolean continues(int line) {
        for (int above = line - 1; above >= 1; above--) {
            if (content(above).isEmpty()) continue;
            if (indent(above) >= indent(line)) continue;
            return FOLDED.matcher(content(above)).matches();
        }
        return false;
    }

    private int indent(int line) {
        String text = lines.get(line - 1);
        return text.length() - text.stripLeading().length();
    }

    /** The line of the last unclosed double quote; 0 if there is none. */
    private int openQuote(int until) {
        int open = 0;
        for (int line = 1; line <= Math.min(until, lines.size()); line++) {
            String text = lines.get(line - 1);
            if (text.strip().startsWith("#") || QUOTE.matcher(text).results().count() % 2 == 0) continue;
            open = open == 0 ? line : 0;
        }
        return open;
    }
}

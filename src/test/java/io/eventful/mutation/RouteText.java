package io.eventful.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of a route file, and where its nodes stand in it. */
record RouteText(Path file, String text, Node root) {

    static RouteText read(Path file) {
        try {
            String text = Files.readString(file);
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            return new RouteText(
                    file, text, new Compose(settings).composeString(text).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().orElseThrow().getIndex());
    }

    /** Behind the last character; a node of YAML reaches to the next token, which may be many lines further on. */
    int end(Node node) {
        int end = switch (node) {
            case MappingNode mapping
            when !mapping.getValue().isEmpty() && isBlock(node) ->
                end(mapping.getValue().getLast().getValueNode());
            case SequenceNode list
            when !list.getValue().isEmpty() && isBlock(node) ->
                end(list.getValue().getLast());
            default ->
                text.offsetByCodePoints(0, node.getEndMark().orElseThrow().getIndex());
        };
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) end--;
        return end;
    }

    private boolean isBlock(Node node) {
        char first = text.charAt(start(node));
        return first != '{' && first != '[';
    }

    String raw(Node node) {
        return text.substring(start(node), end(node));
    }

    int line(int index) {
        return 1
                + (int) text.substring(0, index)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
    }

    int lineStart(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    /** The start of the next line. */
    int lineEnd(int index) {
        int end = text.indexOf('\n', index);
        return end < 0 ? text.length() : end + 1;
    }

    /** Replaces a part of the text that lies within one line, or begins there. */
    Mutation replace(String operator, int from, int to, String by) {
        return replace(operator, from, to, by, Set.of(line(from)));
    }

    Mutation replace(String operator, int from, int to, String by, Set<Integer> lines) {
        String before = text.substring(from, to);
        if (before.equals(by)) throw new IllegalStateException(operator + " changes nothing at line " + line(from));
        return new Mutation(
                file, operator, new TreeSet<>(lines), before, by, text.substring(0, from) + by + text.substring(to));
    }

    /** A part of a scalar, counted from its first character. One of several lines may be told of where it begins. */
    Mutation within(String operator, ScalarNode scalar, int from, int to, String by) {
        return within(operator, scalar, from, to, by, Set.of());
    }

    Mutation within(String operator, ScalarNode scalar, int from, int to, String by, Set<Integer> others) {
        int start = start(scalar);
        Set<Integer> lines = new TreeSet<>(others);
        lines.add(line(start + from));
        if (isFolded(scalar)) lines.add(line(start));
        return replace(operator, start + from, start + to, by, lines);
    }

    private boolean isFolded(ScalarNode scalar) {
        return text.charAt(start(scalar)) == '>' || text.charAt(start(scalar)) == '|';
    }

    /** Lines that name something behind a colon or as a bean, such as the other end of a channel. */
    Set<Integer> naming(String name) {
        Set<Integer> lines = new TreeSet<>();
        Matcher matcher =
                Pattern.compile("[:#]" + Pattern.quote(name) + "(?![\\w-])").matcher(text);
        while (matcher.find()) lines.add(line(matcher.start()));
        return lines;
    }

    Set<Integer> lines(int from, int to) {
        Set<Integer> lines = new TreeSet<>();
        for (int line = line(from); line < line(to); line++) lines.add(line);
        return lines;
    }

    /** The start of the step, or of another element of a list, that a place belongs to. */
    int stepStart(int index) {
        int start = lineStart(index);
        while (start > 0 && !text.startsWith("- ", start + indent(start))) start = lineStart(start - 1);
        return start;
    }

    private int indent(int lineStart) {
        int at = lineStart;
        while (at < text.length() && text.charAt(at) == ' ') at++;
        return at - lineStart;
    }
}

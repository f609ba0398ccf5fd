package io.eventful.routes;

import io.eventful.event.ExtensionNames;
import io.eventful.event.Rendering;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the exchange properties {@code event.…}: one that nobody reads has no effect, and is probably misspelt. */
final class PropertyCheck {

    private static final String PREFIX = EventDataType.SCHEME + ".";
    private static final String EXTENSION = PREFIX + "extension";

    private final Set<String> known = names();
    private final Set<String> texts;
    private final List<RouteProblem> problems;

    /** @param texts all texts of the route files */
    PropertyCheck(Set<String> texts, List<RouteProblem> problems) {
        this.texts = texts;
        this.problems = problems;
    }

    private static Set<String> names() {
        Set<String> names = Rendering.ALL.values().stream()
                .flatMap(rendering -> rendering.allOptions().stream())
                .map(option -> PREFIX + option)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(List.of(PREFIX + "type", PREFIX + "subject"));
        return names;
    }

    void check(Collection<Outline> outlines) {
        for (Outline outline : outlines)
            for (Outline.NameMark property : outline.properties)
                if (property.name().startsWith(PREFIX) && !property.name().contains("{")) check(property);
    }

    private void check(Outline.NameMark property) {
        String name = property.name();
        if (name.startsWith(EXTENSION + ".")) extension(property, name.substring(EXTENSION.length() + 1));
        else if (!known.contains(name) && !isRead(name))
            problems.add(property.place()
                    .warning("unknown-event-property", "the property \"" + name + "\" has no effect", remedy(name)));
    }

    private void extension(Outline.NameMark property, String extension) {
        ExtensionNames.problem(extension)
                .ifPresent(problem -> problems.add(property.place()
                        .warning(
                                "unknown-event-property",
                                "the property \"" + property.name() + "\" makes channel: fail: " + problem,
                                "use another name, such as " + EXTENSION + ".team")));
    }

    /** Whether an expression of the author reads the property. */
    private boolean isRead(String name) {
        Pattern whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-]|\\.\\w)");
        return texts.stream()
                .anyMatch(text -> !text.equals(name) && whole.matcher(text).find());
    }

    private String remedy(String name) {
        int dot = name.indexOf('.', PREFIX.length());
        if (dot > 0
                && Suggestions.close(name.substring(0, dot), Set.of(EXTENSION)).isPresent())
            return "did you mean \"" + EXTENSION + name.substring(dot) + "\"?";
        if (name.equals(EXTENSION) || Suggestions.close(name, Set.of(EXTENSION)).isPresent())
            return "did you mean \"" + EXTENSION + ".NAME\"?";
        return Suggestions.remedy(
                name, known, "those with an effect are " + String.join(", ", known) + " and " + EXTENSION + ".NAME");
    }
}

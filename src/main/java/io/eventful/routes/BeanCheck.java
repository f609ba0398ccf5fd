package io.eventful.routes;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Checks that the beans and classes that routes name exist. */
final class BeanCheck {

    private final CamelContext context;
    private final List<RouteProblem> problems;

    BeanCheck(CamelContext context, List<RouteProblem> problems) {
        this.context = context;
        this.problems = problems;
    }

    void check(Collection<Outline> outlines) {
        Set<String> declared = new TreeSet<>();
        outlines.forEach(outline -> declared.addAll(outline.beans));
        for (Outline outline : outlines) {
            for (Outline.NameMark mark : outline.references) reference(mark, declared);
            for (Outline.NameMark mark : outline.classes) type(mark);
        }
    }

    private void reference(Outline.NameMark mark, Set<String> declared) {
        String name = resolved(mark.name());
        if (name.startsWith("#")) name = name.substring(1);
        if (name.startsWith("bean:")) name = name.substring("bean:".length());
        if (name.contains(":") || name.contains("{") || declared.contains(name)) return;
        if (context.getRegistry().lookupByName(name) != null) return;
        // Camel also accepts a class name instead of a bean name.
        if (name.contains(".") && context.getClassResolver().resolveClass(name) != null) return;
        problems.add(mark.place()
                .error(
                        "unknown-bean",
                        "there is no bean \"" + name + "\"",
                        Suggestions.remedy(name, declared, "declare it under beans: with name and type")));
    }

    private void type(Outline.NameMark mark) {
        String name = resolved(mark.name());
        if (name.startsWith("#class:")) name = name.substring("#class:".length());
        int end = name.indexOf('(');
        if (end > 0) name = name.substring(0, end);
        int method = name.indexOf('#');
        if (method > 0) name = name.substring(0, method);
        if (name.isBlank() || name.startsWith("#") || name.contains("{")) return;
        if (context.getClassResolver().resolveClass(name) == null)
            problems.add(mark.place()
                    .error(
                            "unknown-class",
                            "there is no class \"" + name + "\" on the class path",
                            "correct the name, or add its jar to the class path"));
    }

    private String resolved(String text) {
        try {
            return context.resolvePropertyPlaceholders(text);
        } catch (RuntimeException e) {
            return text;
        }
    }
}

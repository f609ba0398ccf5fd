package io.eventful.routes;

import io.eventful.routes.Outline.EndpointMark;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** The endpoints of routes that are made from templates: those of the template, with the values of its parameters. */
final class TemplateEndpoints {

    /** A template with its default values, and its endpoints as written. */
    record Template(String id, Map<String, Object> defaults, List<EndpointMark> endpoints) {}

    /** A route that is made from a template. */
    record Use(String template, Map<String, Object> values) {}

    private TemplateEndpoints() {}

    /** The endpoints of all such routes, each at its place in the template. */
    static Stream<EndpointMark> of(Collection<Outline> outlines) {
        Map<String, Template> templates = new HashMap<>();
        for (Outline outline : outlines)
            outline.templates.forEach(template -> templates.putIfAbsent(template.id(), template));
        return outlines.stream()
                .flatMap(outline -> outline.templateUses.stream())
                .flatMap(use -> Optional.ofNullable(templates.get(use.template())).stream()
                        .flatMap(template -> made(template, use)));
    }

    private static Stream<EndpointMark> made(Template template, Use use) {
        Map<String, Object> values = new HashMap<>(template.defaults());
        values.putAll(use.values());
        TemplateParameters parameters = new TemplateParameters(values);
        return template.endpoints().stream().map(mark -> with(mark, parameters));
    }

    private static EndpointMark with(EndpointMark mark, TemplateParameters parameters) {
        Map<String, Object> options = new LinkedHashMap<>();
        mark.parameters().forEach((name, value) -> options.put(name, parameters.in(String.valueOf(value))));
        return new EndpointMark(
                mark.step(), parameters.in(mark.uri()), options, mark.places(), mark.place(), mark.node());
    }

    /** The values of a list of parameters. */
    static Map<String, Object> values(Node owner, String value) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node parameter : YamlTree.elements(YamlTree.member(owner, "parameters")))
            YamlTree.memberText(parameter, value)
                    .ifPresent(
                            text -> YamlTree.memberText(parameter, "name").ifPresent(name -> values.put(name, text)));
        return values;
    }
}

package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Gathers the names that a file declares or uses: beans, classes, paths of the {@code rest:} DSL, and all its texts. */
final class NameReader {

    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

    private final Outline outline;

    private NameReader(Outline outline) {
        this.outline = outline;
    }

    static void read(Node item, Outline outline) {
        NameReader reader = new NameReader(outline);
        reader.texts(item);
        for (Node bean : YamlTree.elements(YamlTree.member(item, "beans"))) reader.bean(bean);
        Node rest = YamlTree.member(item, "rest");
        if (rest != null) reader.rest(rest);
        if (YamlTree.member(item, "routeTemplate") == null) reader.references(item);
    }

    private void texts(Node node) {
        if (node instanceof ScalarNode scalar) outline.texts.add(scalar.getValue());
        else if (node instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) texts(tuple.getValueNode());
        else for (Node element : YamlTree.elements(node)) texts(element);
    }

    private void bean(Node bean) {
        YamlTree.memberText(bean, "name").ifPresent(outline.beans::add);
        if (YamlTree.member(bean, "script") == null) name(bean, "type", outline.classes);
    }

    private void rest(Node rest) {
        String base = YamlTree.memberText(rest, "path").orElse("");
        for (String verb : VERBS)
            for (Node operation : YamlTree.elements(YamlTree.member(rest, verb))) {
                String path =
                        base + "/" + YamlTree.memberText(operation, "path").orElse("");
                outline.restPaths.add(path.replaceAll("/+", "/"));
            }
    }

    private void references(Node node) {
        if (node instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) {
                String step = YamlTree.text(tuple.getKeyNode());
                Node value = tuple.getValueNode();
                if (step.equals("beans")) continue;
                if (step.equals("bean") || step.equals("process")) {
                    name(value, "ref", outline.references);
                    name(value, "beanType", outline.classes);
                } else if (step.equals("aggregationStrategy")
                        && YamlTree.text(value).startsWith("#bean:"))
                    outline.references.add(new NameMark(YamlTree.text(value), Place.of(outline.file, value)));
                references(value);
            }
        else for (Node element : YamlTree.elements(node)) references(element);
    }

    private void name(Node owner, String option, java.util.List<NameMark> names) {
        YamlTree.memberText(owner, option).ifPresent(name -> {
            Node at = YamlTree.member(owner, option);
            names.add(new NameMark(name, Place.of(outline.file, at == null ? owner : at)));
        });
    }
}

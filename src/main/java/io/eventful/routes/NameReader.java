package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects the names that a file declares or uses: beans, classes, paths of the {@code rest:} DSL, and all its texts. */
final class NameReader {

    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

    private static final Set<String> BEANS = Set.of("bean", "process", "method");
    private static final Set<String> CONVERSIONS = Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");

    /** Its placeholders get their values where it is used. */
    private static final String TEMPLATE = "routeTemplate";

    /** Keys below which the keys are names, too; elsewhere they are keywords of the DSL. */
    private static final Set<String> NAMED_BY_AUTHOR = Set.of("parameters", "properties");

    private final Outline outline;

    private NameReader(Outline outline) {
        this.outline = outline;
    }

    static void read(Node item, Outline outline) {
        NameReader reader = new NameReader(outline);
        boolean template = YamlTree.member(item, "routeTemplate") != null;
        reader.texts(item, template ? TEMPLATE : "");
        for (Node bean : YamlTree.elements(YamlTree.member(item, "beans"))) reader.bean(bean);
        Node rest = YamlTree.member(item, "rest");
        if (rest != null) reader.rest(rest);
        if (!template) reader.references(item);
    }

    private void texts(Node node, String owner) {
        if (node instanceof ScalarNode scalar) {
            outline.texts.add(scalar.getValue());
            if (!owner.equals(TEMPLATE))
                outline.words.add(new NameMark(scalar.getValue(), Place.of(outline.file, node)));
        } else if (node instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) {
                Node key = tuple.getKeyNode();
                if (NAMED_BY_AUTHOR.contains(owner))
                    outline.words.add(new NameMark(YamlTree.text(key), Place.of(outline.file, key)));
                texts(tuple.getValueNode(), owner.equals(TEMPLATE) ? TEMPLATE : YamlTree.text(key));
            }
        else for (Node element : YamlTree.elements(node)) texts(element, owner);
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
                if (step.equals("parameters")) options(value);
                if (CONVERSIONS.contains(step)) name(value, "type", outline.classes);
                else if (step.equals("throwException")) name(value, "exceptionType", outline.classes);
                else if (BEANS.contains(step)) {
                    name(value, "ref", outline.references);
                    name(value, "beanType", outline.classes);
                } else if (step.equals("exception"))
                    for (Node each : YamlTree.elements(value))
                        outline.classes.add(new NameMark(YamlTree.text(each), Place.of(outline.file, each)));
                else if (step.equals("aggregationStrategy") && isBean(YamlTree.text(value)))
                    outline.references.add(new NameMark(YamlTree.text(value), Place.of(outline.file, value)));
                references(value);
            }
        else for (Node element : YamlTree.elements(node)) references(element);
    }

    /** Whether an option value refers to a bean, {@code "#name"} or {@code "#bean:name"}, and is not a URI fragment ({@code "#/a"}). */
    static boolean isBean(String value) {
        return value.startsWith("#bean:") || (value.matches("#[^/$].*") && value.indexOf(':') < 0);
    }

    private void options(Node parameters) {
        if (!(parameters instanceof MappingNode mapping)) return;
        for (NodeTuple tuple : mapping.getValue()) {
            String value = YamlTree.text(tuple.getValueNode());
            if (isBean(value))
                outline.references.add(new NameMark(value, Place.of(outline.file, tuple.getValueNode())));
        }
    }

    private void name(Node owner, String option, List<NameMark> names) {
        YamlTree.memberText(owner, option).ifPresent(name -> {
            Node at = YamlTree.member(owner, option);
            names.add(new NameMark(name, Place.of(outline.file, at == null ? owner : at)));
        });
    }
}

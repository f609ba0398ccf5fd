package io.eventful.routes;

import io.eventful.routes.Outline.DataTypeMark;
import io.eventful.routes.Outline.EndpointMark;
import io.eventful.routes.Outline.ExpressionMark;
import io.eventful.routes.Outline.NameMark;
import io.eventful.routes.Outline.RouteMark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the outline of a file that conforms to the DSL. */
final class OutlineReader {

    private static final Set<String> ENDPOINTS =
            Set.of("from", "to", "toD", "wireTap", "poll", "deadLetterUri", "afterUri", "compensation", "completion");
    /** Steps that send to the URIs of an expression, with the option that sets the delimiter. */
    private static final Map<String, String> LISTS =
            Map.of("recipientList", "delimiter", "routingSlip", "uriDelimiter");

    private static final Set<String> DATA_TYPES = Set.of("transformDataType", "inputType", "outputType");
    private static final Set<String> PREDICATES =
            Set.of("filter", "when", "validate", "onWhen", "completionPredicate", "handled", "continued", "retryWhile");
    private static final Set<String> LANGUAGES = Set.of("simple", "jsonpath");
    /** Steps whose message is a Simple expression. */
    private static final Set<String> MESSAGES = Set.of("log", "throwException");
    /** Keys with free text or data, which must not be interpreted as steps. */
    private static final Set<String> OPAQUE =
            Set.of("parameters", "constant", "description", "beans", "properties", "restConfiguration");

    private final Outline outline;

    private OutlineReader(String file) {
        this.outline = new Outline(file);
    }

    static Outline read(String file, Node root) {
        OutlineReader reader = new OutlineReader(file);
        for (Node item : YamlTree.elements(root)) {
            reader.item(item);
            NameReader.read(item, reader.outline);
        }
        return reader.outline;
    }

    private void item(Node item) {
        Node route = YamlTree.member(item, "route");
        Node from = YamlTree.member(route == null ? item : route, "from");
        if (from != null) route(route == null ? item : route, "id", from);
        Node templated = YamlTree.member(item, "templatedRoute");
        if (templated != null) {
            route(templated, "routeId", templated);
            outline.templateUses.add(new TemplateEndpoints.Use(
                    YamlTree.memberText(templated, "routeTemplateRef").orElse(""),
                    TemplateEndpoints.values(templated, "value")));
        }
        Node template = YamlTree.member(item, "routeTemplate");
        if (template == null) walk(item, "");
        else template(template);
    }

    /** The content of a template has no endpoints yet, because its parameters get their values where it is used. */
    private void template(Node template) {
        OutlineReader content = new OutlineReader(outline.file);
        content.walk(template, "");
        outline.templates.add(new TemplateEndpoints.Template(
                YamlTree.memberText(template, "id").orElse(""),
                TemplateEndpoints.values(template, "defaultValue"),
                content.outline.endpoints));
        outline.needy.addAll(content.outline.needy);
        outline.holding.addAll(content.outline.holding);
    }

    /** @param otherwise where the route is if it has no id */
    private void route(Node route, String idName, Node otherwise) {
        Node id = YamlTree.member(route, idName);
        Place place = Place.of(outline.file, id == null ? otherwise : id);
        outline.routes.add(new RouteMark(YamlTree.memberText(route, idName), idName, place));
    }

    private static Optional<String> uri(Node endpoint) {
        Optional<String> text = endpoint instanceof ScalarNode scalar
                ? Optional.of(scalar.getValue())
                : YamlTree.memberText(endpoint, "uri");
        return text.filter(uri -> !uri.isBlank());
    }

    /** Traverses the nodes; {@code owner} is the step to which an expression at this place belongs. */
    private void walk(Node node, String owner) {
        if (node instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) {
                String name = YamlTree.text(tuple.getKeyNode());
                if (NeedyStep.isOne(name))
                    outline.needy.add(new NameMark(name, Place.of(outline.file, tuple.getKeyNode())));
                HoldingStep.mark(outline.file, tuple.getKeyNode(), tuple.getValueNode())
                        .ifPresent(outline.holding::add);
                member(name, tuple.getValueNode(), owner);
            }
        else for (Node element : YamlTree.elements(node)) walk(element, owner);
    }

    private void member(String name, Node value, String owner) {
        if (OPAQUE.contains(name)) return;
        if (ENDPOINTS.contains(name)) endpoint(name, value);
        @Nullable String delimiter = LISTS.get(name);
        if (delimiter != null) listed(name, value, delimiter);
        if (DATA_TYPES.contains(name)) dataTypes(value);
        if (name.equals("setProperty") && YamlTree.member(value, "name") instanceof ScalarNode property)
            outline.properties.add(new NameMark(property.getValue(), Place.of(outline.file, property)));
        if (MESSAGES.contains(name) && YamlTree.member(value, "message") instanceof ScalarNode message)
            expression("simple", message, name);
        if (name.equals("toD")) {
            Node uri = Objects.requireNonNullElse(YamlTree.member(value, "uri"), value);
            if (uri instanceof ScalarNode) expression("simple", uri, name);
        }
        if (LANGUAGES.contains(name)) expression(name, value, owner);
        else walk(value, name.equals("expression") ? owner : name);
    }

    private void endpoint(String step, Node value) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        if (YamlTree.member(value, "parameters") instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) {
                parameters.put(YamlTree.text(tuple.getKeyNode()), YamlTree.text(tuple.getValueNode()));
                places.put(YamlTree.text(tuple.getKeyNode()), Place.of(outline.file, tuple.getKeyNode()));
            }
        Node uriNode = Objects.requireNonNullElse(YamlTree.member(value, "uri"), value);
        Place place = Place.of(outline.file, uriNode);
        uri(value).ifPresent(uri -> {
            options(uri, uriNode, places);
            outline.endpoints.add(new EndpointMark(step, uri, parameters, places, place, value));
        });
    }

    /** URIs of an expression, if it is a constant. */
    private void listed(String step, Node value, String option) {
        Node expression = Objects.requireNonNullElse(YamlTree.member(value, "expression"), value);
        Node constant = YamlTree.member(expression, "constant");
        Node text = constant instanceof MappingNode ? YamlTree.member(constant, "expression") : constant;
        if (!(text instanceof ScalarNode scalar)) return;
        String delimiter = YamlTree.memberText(value, option).orElse(",");
        Place place = Place.of(outline.file, text);
        for (String each : scalar.getValue().split(Pattern.quote(delimiter), -1))
            if (!each.isBlank())
                outline.endpoints.add(new EndpointMark(step, each.strip(), Map.of(), Map.of(), place, text));
    }

    /** The positions of the query options of a URI that is on one line. */
    private void options(String uri, Node node, Map<String, Place> places) {
        int query = uri.indexOf('?');
        if (query < 0 || !(node instanceof ScalarNode scalar)) return;
        Place start = Place.of(outline.file, node);
        int quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        boolean oneLine = Place.of(outline.file, node.getEndMark()).line() == start.line();
        int at = query + 1;
        for (String pair : uri.substring(at).split("&", -1)) {
            String name = pair.indexOf('=') < 0 ? pair : pair.substring(0, pair.indexOf('='));
            places.putIfAbsent(
                    name, oneLine ? new Place(start.file(), start.line(), start.column() + quote + at) : start);
            at += pair.length() + 1;
        }
    }

    private void dataTypes(Node value) {
        for (String option : new String[] {"toType", "fromType", "urn"}) {
            Node type = YamlTree.member(value, option);
            if (type instanceof ScalarNode scalar)
                outline.dataTypes.add(new DataTypeMark(option, scalar.getValue(), Place.of(outline.file, type)));
        }
    }

    private void expression(String language, Node value, String owner) {
        Node text = value instanceof ScalarNode ? value : YamlTree.member(value, "expression");
        if (!(text instanceof ScalarNode scalar)) return;
        ExpressionMark.Kind kind =
                PREDICATES.contains(owner) ? ExpressionMark.Kind.PREDICATE : ExpressionMark.Kind.EXPRESSION;
        outline.expressions.add(new ExpressionMark(language, scalar.getValue(), kind, Place.of(outline.file, text)));
    }
}

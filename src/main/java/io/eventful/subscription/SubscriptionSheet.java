package io.eventful.subscription;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Several subscriptions as YAML: {@code subscriptions:} and below it each by its name, in the form of the API; {@code
 * protocol} may be left out. Secrets are never written.
 */
final class SubscriptionSheet {

    private static final String ROOT = "subscriptions";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .loaderOptions(large())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private SubscriptionSheet() {}

    /** Ten thousand subscriptions are more than YAML readers take by default. Who sends a document has bounded it. */
    private static LoaderOptions large() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    /** Writes subscriptions under their names, those without one under their ids. */
    static String write(List<Subscription> subscriptions) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode all = document.putObject(ROOT);
        for (Subscription each : subscriptions) {
            ObjectNode one =
                    SubscriptionDocuments.request(each.request(), each.request().style());
            one.withObject("/config").remove("name");
            String name = each.request().config().name();
            all.set(name == null ? each.id() : name, one);
        }
        try {
            return YAML.writeValueAsString(document);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("a tree can always be written", impossible);
        }
    }

    /**
     * Reads requests by name.
     *
     * @param present the subscription that a name means now
     * @param variables value of a variable for {@code ${env:NAME}} in credentials; null when they are not replaced
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    static Map<String, SubscriptionRequest> read(
            String text,
            SubscriptionRequests requests,
            Function<String, Optional<Subscription>> present,
            @Nullable Function<String, @Nullable String> variables) {
        JsonNode document = tree(text);
        List<RequestProblem> problems = new ArrayList<>();
        document.fieldNames().forEachRemaining(name -> {
            if (!name.equals(ROOT))
                problems.add(new RequestProblem(
                        "/" + Members.escape(name),
                        "is not a known member",
                        "Write all subscriptions below subscriptions:."));
        });
        JsonNode all = document.path(ROOT);
        if (!all.isObject() && !all.isNull() && !(document.isObject() && all.isMissingNode()))
            problems.add(new RequestProblem(
                    "/" + ROOT,
                    "is not a mapping of names to subscriptions",
                    "Write subscriptions: and below it one entry per name."));
        Map<String, SubscriptionRequest> read = new LinkedHashMap<>();
        all.properties().forEach(each -> {
            String pointer = "/" + ROOT + "/" + Members.escape(each.getKey());
            try {
                List<RequestProblem> own = new ArrayList<>();
                JsonNode one = prepared(each.getKey(), each.getValue(), variables, own);
                problems.addAll(below(pointer, own));
                SubscriptionRequest before =
                        present.apply(each.getKey()).map(Subscription::request).orElse(null);
                read.put(each.getKey(), requests.parse(one, before));
            } catch (InvalidSubscriptionException e) {
                problems.addAll(below(pointer, e.problems()));
            }
        });
        if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
        return read;
    }

    private static List<RequestProblem> below(String pointer, List<RequestProblem> problems) {
        return problems.stream()
                .map(problem -> new RequestProblem(pointer + problem.pointer(), problem.detail(), problem.remedy()))
                .toList();
    }

    private static JsonNode tree(String text) {
        try {
            JsonNode document = YAML.readTree(text);
            return document == null || document.isMissingNode() || document.isNull()
                    ? JsonNodeFactory.instance.objectNode()
                    : document;
        } catch (JacksonException e) {
            JsonLocation place = e.getLocation();
            String at = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new InvalidSubscriptionException(List.of(new RequestProblem(
                    "", "is not valid YAML" + at, "Correct the syntax; every name may occur only once.")));
        }
    }

    /** In the form of the API. What is wrong does not keep it from being read further, so that all is told at once. */
    private static JsonNode prepared(
            String name,
            JsonNode document,
            @Nullable Function<String, @Nullable String> variables,
            List<RequestProblem> problems) {
        if (!(document instanceof ObjectNode object)) return document;
        for (String member : List.of("protocol", "config"))
            if (object.path(member).isNull()) object.remove(member);
        if (!object.has("protocol")) object.put("protocol", "HTTP");
        if (object.path("config").isObject() || !object.has("config")) {
            JsonNode named = object.withObject("/config").get("name");
            if (named != null && !named.asText().equals(name))
                problems.add(new RequestProblem(
                        "/config/name",
                        "differs from the key of the entry",
                        "Remove it: the key of the entry is the name."));
            object.withObject("/config").put("name", name);
        }
        if (variables != null)
            for (String member : List.of("sinkcredential", "sinkCredential"))
                if (object.get(member) instanceof ObjectNode credential)
                    replace(credential, member, variables, problems);
        return object;
    }

    private static void replace(
            ObjectNode credential,
            String member,
            Function<String, @Nullable String> variables,
            List<RequestProblem> problems) {
        credential.properties().forEach(each -> {
            Matcher variable = VARIABLE.matcher(each.getValue().asText());
            if (!variable.matches()) return;
            String value = variables.apply(variable.group(1));
            if (value == null)
                problems.add(new RequestProblem(
                        "/" + member + "/" + each.getKey(),
                        "refers to the environment variable " + variable.group(1) + ", which is not set",
                        "Set it in the environment of the gateway."));
            else each.setValue(TextNode.valueOf(value));
        });
    }
}

package io.eventful.subscription;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Several subscriptions as YAML: {@code subscriptions:} and below it each by its name, in the form of the API; {@code
 * protocol} may be left out. Secrets are never written.
 */
final class SubscriptionSheet {

    private static final String ROOT = "subscriptions";

    /** What may stand without quotes is not the same for every reader of YAML: texts are always quoted, and names if no words. */
    private static final class Quoting extends StringQuotingChecker {

        private static final long serialVersionUID = 1L;
        private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

        @Override
        public boolean needToQuoteName(String name) {
            return !WORD.matcher(name).matches() || isReservedKeyword(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return true;
        }
    }

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .loaderOptions(large())
            .stringQuotingChecker(new Quoting())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
            SheetEntry.write(each.status(), one);
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
     * @param variables what is done with {@code ${env:NAME}} in credentials
     * @param incomplete what is done with credentials that have no secret, and never had one
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    static Map<String, SheetEntry> read(
            String text,
            SubscriptionRequests requests,
            Function<String, Optional<Subscription>> present,
            SheetVariables variables,
            CredentialReader.Incomplete incomplete) {
        List<RequestProblem> problems = new ArrayList<>();
        Map<String, SheetEntry> read = read(text, requests, present, variables, incomplete, problems);
        if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
        return read;
    }

    /** Reads what can be read, and collects everything that is wrong. */
    static Map<String, SheetEntry> read(
            String text,
            SubscriptionRequests requests,
            Function<String, Optional<Subscription>> present,
            SheetVariables variables,
            CredentialReader.Incomplete incomplete,
            List<RequestProblem> problems) {
        JsonNode document = tree(text, problems);
        document.fieldNames().forEachRemaining(name -> {
            if (!name.equals(ROOT))
                problems.add(new RequestProblem(
                        "/" + Members.escape(name),
                        "is not a known member",
                        "Write all subscriptions below subscriptions:."));
        });
        JsonNode all = document.path(ROOT);
        if (!all.isObject() && !isNothing(all) && !(document.isObject() && all.isMissingNode()))
            problems.add(new RequestProblem(
                    "/" + ROOT,
                    "is not a mapping of names to subscriptions",
                    "Write subscriptions: and below it one entry per name."));
        Map<String, SheetEntry> read = new LinkedHashMap<>();
        all.properties().forEach(each -> {
            String pointer = "/" + ROOT + "/" + Members.escape(each.getKey());
            if (isNothing(each.getValue())) {
                problems.add(new RequestProblem(
                        pointer, "is empty", "Write its members below it, such as sink: https://example.com/hook."));
                return;
            }
            List<RequestProblem> own = new ArrayList<>();
            try {
                SubscriptionRequest before =
                        present.apply(each.getKey()).map(Subscription::request).orElse(null);
                // One without a name is under its id, which does not become its name.
                String name = before != null && before.config().name() == null ? null : each.getKey();
                JsonNode one = prepared(name, each.getKey(), each.getValue(), variables, own);
                Status status = SheetEntry.status(one, own);
                // One that has its secret keeps it, or is told why it cannot.
                boolean complete = before != null && before.lacking().isEmpty();
                SubscriptionRequest request =
                        requests.parse(one, before, complete ? CredentialReader.Incomplete.REFUSED : incomplete);
                read.put(each.getKey(), new SheetEntry(request, status));
            } catch (InvalidSubscriptionException e) {
                own.addAll(e.problems().stream()
                        .filter(problem ->
                                own.stream().noneMatch(known -> known.pointer().equals(problem.pointer())))
                        .toList());
            }
            problems.addAll(below(pointer, own));
        });
        return read;
    }

    /** Jackson reads a value that is left out, as in {@code subscriptions:}, as an empty text. */
    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isTextual() && value.textValue().isEmpty();
    }

    private static List<RequestProblem> below(String pointer, List<RequestProblem> problems) {
        return problems.stream()
                .map(problem -> new RequestProblem(pointer + problem.pointer(), problem.detail(), problem.remedy()))
                .toList();
    }

    private static JsonNode tree(String text, List<RequestProblem> problems) {
        try {
            JsonNode document = YAML.readTree(text);
            return document == null || document.isMissingNode() || document.isNull()
                    ? JsonNodeFactory.instance.objectNode()
                    : document;
        } catch (JacksonException e) {
            SheetPlaces.Defect defect = SheetPlaces.of(text).defect();
            problems.add(new RequestProblem("", defect.detail(), defect.remedy()));
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** In the form of the API. What is wrong does not keep it from being read further, so that all is told at once. */
    private static JsonNode prepared(
            @Nullable String name,
            String key,
            JsonNode document,
            SheetVariables variables,
            List<RequestProblem> problems) {
        if (!(document instanceof ObjectNode object)) return document;
        for (String member : List.of("protocol", "config")) if (isNothing(object.path(member))) object.remove(member);
        if (!object.has("protocol")) object.put("protocol", "HTTP");
        if (object.path("config").isObject() || !object.has("config")) {
            JsonNode named = object.withObject("/config").get("name");
            if (named != null && !named.asText().equals(key))
                problems.add(new RequestProblem(
                        "/config/name",
                        "differs from the key of the entry",
                        "Remove it: the key of the entry is the name."));
            if (name != null) object.withObject("/config").put("name", name);
        }
        variables.resolve(object, problems);
        return object;
    }
}

package io.eventful.routes;

import com.jayway.jsonpath.JsonPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.dsl.yaml.common.YamlSupport;
import org.apache.camel.spi.Language;

/** Creates every endpoint and expression of a file in its context, and reports those that fail with their position. */
final class EndpointCheck {

    private static final Set<String> COMPONENTS = Set.of(
            "bean",
            "browse",
            "capture",
            "channel",
            "class",
            "controlbus",
            "dataformat",
            "direct",
            "file",
            "http",
            "https",
            "jms",
            "kafka",
            "language",
            "log",
            "mock",
            "ref",
            "scheduler",
            "seda",
            "stub",
            "subscribers",
            "timer",
            "validator",
            "xpath",
            "xslt",
            "rest",
            "view",
            "webhook-in");

    /** Examples of the gateway's own URIs, whose name part is required. */
    private static final Map<String, String> NAMES = Map.of(
            "capture", "capture:/customers/{id}",
            "channel", "channel:customers",
            "subscribers", "subscribers:customers",
            "view", "view:customers");

    private static final Set<String> SOURCES = Set.of("capture", "webhook-in", "timer", "scheduler");
    private static final Set<String> TARGETS = Set.of("subscribers", "view", "log", "http", "https");

    private final CamelContext context;
    /** Names of beans that the files declare; they do not exist during the check. */
    private final Set<String> beans;

    private final List<RouteProblem> problems;
    private final CatalogCheck catalog;

    EndpointCheck(CamelContext context, Set<String> beans, List<RouteProblem> problems) {
        this.context = context;
        this.beans = beans;
        this.problems = problems;
        this.catalog = new CatalogCheck(context, problems);
    }

    void check(Outline outline) {
        outline.endpoints.forEach(this::endpoint);
        outline.expressions.forEach(this::expression);
    }

    private void endpoint(Outline.EndpointMark mark) {
        role(mark);
        String uri;
        try {
            uri = context.resolvePropertyPlaceholders(mark.uri());
        } catch (RuntimeException toldOfThePlaceholder) {
            return;
        }
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (scheme.contains("${") || !known(scheme, uri, mark.place()) || !placeholders(mark)) return;
        if (isNameless(uri, scheme)) {
            problems.add(mark.place()
                    .error(
                            "endpoint",
                            "\"" + scheme + ":\" requires " + (scheme.equals("capture") ? "a path template" : "a name"),
                            "add it to the URI, such as " + NAMES.get(scheme)));
            return;
        }
        if (mark.step().equals("toD") || (mark.isDynamic() && catalog.isSilentOn(scheme))) return;
        make(mark, scheme, uri, mark.parameters());
    }

    /** Creates an endpoint. The gateway's components report one invalid option at a time, so it is removed and the rest checked again. */
    private void make(Outline.EndpointMark mark, String scheme, String uri, Map<String, Object> parameters) {
        try {
            String whole = YamlSupport.createEndpointUri(context, mark.node(), uri, parameters);
            if (catalog.check(mark, scheme, context.resolvePropertyPlaceholders(whole)) && !needsBean(mark, uri))
                context.getEndpoint(whole);
        } catch (Exception e) {
            Optional<String> wrong = new OptionProblems(context, mark, scheme).of(e, problems);
            if (!NAMES.containsKey(scheme) || wrong.isEmpty() || !parameters.containsKey(wrong.get())) return;
            Map<String, Object> others = new LinkedHashMap<>(parameters);
            others.remove(wrong.get());
            make(mark, scheme, uri, others);
        }
    }

    /**
     * Whether an option refers to a bean that does not exist yet; such an endpoint is only created with its route.
     * {@link BeanCheck} reports beans that are declared nowhere.
     */
    private boolean needsBean(Outline.EndpointMark mark, String uri) {
        String[] options = uri.substring(uri.indexOf('?') + 1).split("[&=]");
        return Stream.concat(mark.parameters().values().stream(), Arrays.stream(options))
                .anyMatch(this::isBean);
    }

    private static boolean isNameless(String uri, String scheme) {
        String rest = uri.substring(scheme.length()).replaceFirst("\\?.*", "");
        return NAMES.containsKey(scheme) && rest.matches("[:/\\s]*") && !rest.equals(":/");
    }

    /** Whether the option refers to a bean that the files declare, or that is missing. */
    private boolean isBean(Object option) {
        String value = option.toString();
        if (!NameReader.isBean(value)) return false;
        String name = value.startsWith("#bean:") ? value.substring("#bean:".length()) : value.substring(1);
        return beans.contains(name) || context.getRegistry().lookupByName(name) == null;
    }

    /** Whether all placeholders have values; reports those without. */
    private boolean placeholders(Outline.EndpointMark mark) {
        try {
            mark.parameters().values().forEach(value -> context.resolvePropertyPlaceholders(String.valueOf(value)));
            return true;
        } catch (RuntimeException toldOfThePlaceholder) {
            return false;
        }
    }

    /** Checks that consumers-only schemes are in {@code from:} and producer-only schemes are not. */
    private void role(Outline.EndpointMark mark) {
        String scheme = mark.uri().replaceFirst(":.*", "");
        boolean from = mark.step().equals("from");
        if (from && TARGETS.contains(scheme))
            problems.add(mark.place()
                    .error(
                            "wrong-role",
                            "\"" + scheme + ":\" cannot be used in from:; events can only be sent to it",
                            scheme.equals("subscribers") ? "use channel:NAME in from:" : "use it in a to: step"));
        if (!from && SOURCES.contains(scheme))
            problems.add(mark.place()
                    .error(
                            "wrong-role",
                            "\"" + scheme + ":\" can only be used in from:; nothing can be sent to it",
                            "use it in from:"));
    }

    private boolean known(String scheme, String uri, Place place) {
        try {
            if (context.getComponent(scheme, true, false) != null) return true;
        } catch (RuntimeException e) {
            problems.add(place.error("component", "\"" + scheme + ":\" does not start: " + Messages.of(e), ""));
            return false;
        }
        // An endpoint may also be a bean, given by its name.
        if (!uri.contains(":") && context.getRegistry().lookupByName(uri) != null) return false;
        problems.add(place.error(
                "unknown-component",
                "there is no component \"" + scheme + "\"",
                Suggestions.remedy(scheme, COMPONENTS, "add the library of the component to the class path")));
        return false;
    }

    private void expression(Outline.ExpressionMark mark) {
        try {
            String text = context.resolvePropertyPlaceholders(mark.text());
            // Camel interprets invalid JSONPath as its own shorthand and fails only at runtime.
            if (mark.language().equals("jsonpath") && text.startsWith("$") && !text.contains("${")) jsonPath(text);
            Language language = context.resolveLanguage(mark.language());
            if (mark.kind() == Outline.ExpressionMark.Kind.PREDICATE)
                language.createPredicate(text).init(context);
            else language.createExpression(text).init(context);
        } catch (RuntimeException e) {
            if (isDeclaredBean(e)) return;
            problems.add(mark.place()
                    .error(
                            mark.language() + "-syntax",
                            "the " + mark.language() + " expression is invalid: " + Messages.of(e),
                            remedy(mark)));
        }
    }

    /** Whether the failure is about a bean that the files declare; it is checked again when they are loaded. */
    private boolean isDeclaredBean(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof NoSuchBeanException missing) return beans.contains(missing.getName());
        return false;
    }

    private static void jsonPath(String text) {
        JsonPath.compile(text);
        // An unbalanced bracket compiles, but means another path.
        String bare = text.replaceAll("'[^']*'|\"[^\"]*\"", "");
        for (String pair : List.of("[]", "()")) {
            long open = bare.chars().filter(each -> each == pair.charAt(0)).count();
            long closed = bare.chars().filter(each -> each == pair.charAt(1)).count();
            if (open != closed)
                throw new IllegalArgumentException(
                        "it has " + open + " " + pair.charAt(0) + " and " + closed + " " + pair.charAt(1));
        }
    }

    private static String remedy(Outline.ExpressionMark mark) {
        String text = mark.text();
        int open = text.split("\\$\\{", -1).length - 1;
        long closed = text.chars().filter(character -> character == '}').count();
        return mark.language().equals("simple") && open > closed
                ? "close the ${ with a }"
                : "correct it here: \"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
    }
}

package io.eventful.routes;

import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlSupport;
import org.apache.camel.spi.Language;

/** Creates every endpoint and expression of a file in the context that would run it, and says where one fails. */
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

    private final CamelContext context;
    private final List<RouteProblem> problems;

    EndpointCheck(CamelContext context, List<RouteProblem> problems) {
        this.context = context;
        this.problems = problems;
    }

    void check(Outline outline) {
        outline.endpoints.forEach(this::endpoint);
        outline.expressions.forEach(this::expression);
    }

    private void endpoint(Outline.EndpointMark mark) {
        String uri;
        try {
            uri = context.resolvePropertyPlaceholders(mark.uri());
        } catch (RuntimeException e) {
            problems.add(mark.place().error("unknown-placeholder", Messages.of(e), "set it in the configuration"));
            return;
        }
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (scheme.contains("${") || !known(scheme, uri, mark.place()) || mark.isDynamic()) return;
        try {
            context.getEndpoint(YamlSupport.createEndpointUri(context, mark.node(), uri, mark.parameters()));
        } catch (Exception e) {
            problems.add(mark.place()
                    .error(
                            "endpoint",
                            "\"" + scheme + ":\" cannot be used like this: " + Messages.of(e),
                            "correct its address or options"));
        }
    }

    private boolean known(String scheme, String uri, Place place) {
        try {
            if (context.getComponent(scheme, true, false) != null) return true;
        } catch (RuntimeException e) {
            problems.add(place.error("component", "\"" + scheme + ":\" does not start: " + Messages.of(e), ""));
            return false;
        }
        // A bean may be an endpoint under its plain name.
        if (!uri.contains(":") && context.getRegistry().lookupByName(uri) != null) return false;
        problems.add(place.error(
                "unknown-component",
                "there is no component \"" + scheme + "\"",
                NearMiss.remedy(scheme, COMPONENTS, "add its library to the class path")));
        return false;
    }

    private void expression(Outline.ExpressionMark mark) {
        try {
            String text = context.resolvePropertyPlaceholders(mark.text());
            Language language = context.resolveLanguage(mark.language());
            if (mark.kind() == Outline.ExpressionMark.Kind.PREDICATE)
                language.createPredicate(text).init(context);
            else language.createExpression(text).init(context);
        } catch (RuntimeException e) {
            problems.add(mark.place()
                    .error(
                            mark.language() + "-syntax",
                            "the " + mark.language() + " expression is wrong: " + Messages.of(e),
                            "correct it here"));
        }
    }
}

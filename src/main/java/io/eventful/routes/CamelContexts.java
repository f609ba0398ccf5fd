package io.eventful.routes;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;

/**
 * Makes the Camel context of each generation of routes. All of them see the beans of the application, among them the
 * components of the gateway's own words, and the configuration: {@code {{placeholders}}} and
 * {@code camel.component.<name>.<option>}.
 */
final class CamelContexts {

    private final ApplicationContext application;
    private final Binder binder;
    private final RoutesLimits limits;
    private final RouteKnowledge knowledge;

    CamelContexts(ApplicationContext application, RoutesLimits limits, RouteKnowledge knowledge) {
        this.application = application;
        this.binder = Binder.get(application.getEnvironment());
        this.limits = limits;
        this.knowledge = knowledge;
    }

    RouteKnowledge knowledge() {
        return knowledge;
    }

    /** What the configuration tells routes of. */
    Surroundings surroundings() {
        return Surroundings.of(application.getEnvironment());
    }

    /** A context that is built but not started. */
    SpringCamelContext create(String name, EdgeRestComponent rest) {
        SpringCamelContext context = knowledge.context(application);
        context.getCamelContextExtension().setName(name);
        context.disableJMX();
        context.setSourceLocationEnabled(true);
        context.setLoadHealthChecks(false);
        context.getShutdownStrategy().setTimeout(Math.max(1, limits.drain().toSeconds()));
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        // The exchange's body may be somebody's data: a failure is told without it, and once.
        context.getCamelContextExtension()
                .setErrorHandlerFactory(new DefaultErrorHandlerDefinition()
                        .logStackTrace(false)
                        .logExhaustedMessageHistory(false)
                        .logExhaustedMessageBody(false));
        context.getPropertiesComponent().addPropertiesSource(new EnvironmentProperties());
        context.addLifecycleStrategy(new ComponentOptions(context));
        application
                .getBeansOfType(InterceptStrategy.class)
                .values()
                .forEach(context.getCamelContextExtension()::addInterceptStrategy);
        context.getRestConfiguration().setComponent(EdgeRestComponent.NAME);
        context.getRestConfiguration().setInlineRoutes(false);
        context.build();
        context.getRegistry().bind("bean-language", new BodyLanguage());
        context.getRegistry().bind(PatchBean.NAME, new PatchBean());
        EventDataType.register(context);
        context.addComponent(EdgeRestComponent.NAME, rest);
        return context;
    }

    private final class EnvironmentProperties implements PropertiesSource {
        @Override
        public String getName() {
            return "configuration";
        }

        @Override
        @SuppressWarnings("NullAway") // Camel reads null as absent.
        public String getProperty(String name) {
            return application.getEnvironment().getProperty(name);
        }
    }

    /** Applies the options that the configuration gives a component, when a route first names it. */
    private final class ComponentOptions extends LifecycleStrategySupport {
        private final CamelContext context;

        ComponentOptions(CamelContext context) {
            this.context = context;
        }

        @Override
        public void onComponentAdd(String name, Component component) {
            Map<String, Object> options = options("camel.component." + name);
            if (options.isEmpty()) return;
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withIgnoreCase(true)
                    .withFlattenProperties(true)
                    .withMandatory(true)
                    .withProperties(options)
                    .bind();
        }
    }

    private Map<String, Object> options(String prefix) {
        return binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).orElseGet(Map::of);
    }
}

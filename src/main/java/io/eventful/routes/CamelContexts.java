package io.eventful.routes;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;

/**
 * Creates the Camel context of each generation of routes. Every context has access to the beans of the application,
 * including the gateway's own components, and to the configuration: {@code {{placeholders}}} and
 * {@code camel.component.<name>.<option>}.
 */
final class CamelContexts {

    private final ApplicationContext application;
    private final Binder binder;
    private final RoutesLimits limits;
    private final RouteMetadataCache knowledge;

    CamelContexts(ApplicationContext application, RoutesLimits limits, RouteMetadataCache knowledge) {
        this.application = application;
        this.binder = Binder.get(application.getEnvironment());
        this.limits = limits;
        this.knowledge = knowledge;
    }

    RouteMetadataCache knowledge() {
        return knowledge;
    }

    /** The names in the configuration that routes may refer to. */
    RouteEnvironment surroundings() {
        return RouteEnvironment.of(application.getEnvironment());
    }

    /** Creates a context without starting it. */
    SpringCamelContext create(String name, EdgeRestComponent rest) {
        SpringCamelContext context = knowledge.context(application);
        context.getCamelContextExtension().setName(name);
        context.disableJMX();
        context.setSourceLocationEnabled(true);
        context.setLoadHealthChecks(false);
        context.getShutdownStrategy().setTimeout(Math.max(1, limits.drain().toSeconds()));
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
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
        @SuppressWarnings("NullAway") // Camel treats null as absent.
        public String getProperty(String name) {
            return application.getEnvironment().getProperty(name);
        }
    }

    /** Applies the configured options of a component when a route first uses it. */
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

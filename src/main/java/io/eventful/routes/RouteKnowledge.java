package io.eventful.routes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spring.SpringCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * What is the same for every set of routes in this process: the schema of the DSL, and what the class path says of Camel's
 * parts. Whoever builds one set after the other, as a running gateway and route tests do, keeps one. Thread-safe.
 */
public final class RouteKnowledge {

    private static final String DESCRIPTIONS = "META-INF/services/org/apache/camel/";

    /** Some hundred small files; most are asked for in vain, which costs a look into every library. */
    private final ConcurrentMap<String, Optional<byte[]>> descriptions = new ConcurrentHashMap<>();

    /** Large, and needed only now and then. */
    private SoftReference<DslSchema> schema = new SoftReference<>(null);

    synchronized DslSchema schema() {
        DslSchema known = schema.get();
        if (known != null) return known;
        DslSchema loaded = DslSchema.load();
        schema = new SoftReference<>(loaded);
        return loaded;
    }

    /** A context that asks here first. */
    SpringCamelContext context(ApplicationContext application) {
        return new Knowing(application, this);
    }

    private @Nullable InputStream description(String name, Function<String, @Nullable InputStream> reader) {
        Optional<byte[]> known = descriptions.get(name);
        if (known == null) {
            known = read(reader.apply(name));
            descriptions.put(name, known);
        }
        return known.map(ByteArrayInputStream::new).orElse(null);
    }

    private static Optional<byte[]> read(@Nullable InputStream resource) {
        if (resource == null) return Optional.empty();
        try (resource) {
            return Optional.of(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Knowing extends SpringCamelContext {

        /** Null while the constructor above runs, which makes the resolver. */
        private final @Nullable RouteKnowledge knowledge;

        Knowing(ApplicationContext application, RouteKnowledge knowledge) {
            super(application);
            this.knowledge = knowledge;
        }

        @Override
        protected ClassResolver createClassResolver() {
            return new DefaultClassResolver(this) {
                @Override
                public @Nullable InputStream loadResourceAsStream(String name) {
                    RouteKnowledge now = knowledge;
                    return now != null && name.startsWith(DESCRIPTIONS)
                            ? now.description(name, super::loadResourceAsStream)
                            : super.loadResourceAsStream(name);
                }
            };
        }
    }
}

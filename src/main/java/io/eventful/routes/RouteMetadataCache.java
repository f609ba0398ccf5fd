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
 * Caches metadata that is the same for all generations of routes: the schema of the DSL, and the service files and
 * component descriptions of Camel on the class path. Shared by all generations of a gateway and by route tests.
 * Thread-safe.
 */
public final class RouteMetadataCache {

    private static final String DESCRIPTIONS = "META-INF/services/org/apache/camel/";

    /** Content of small resources by path; most do not exist, and each search would scan every library. */
    private final ConcurrentMap<String, Optional<byte[]>> descriptions = new ConcurrentHashMap<>();

    /** Softly referenced, because it is large and rarely needed. */
    private SoftReference<DslSchema> schema = new SoftReference<>(null);

    synchronized DslSchema schema() {
        DslSchema known = schema.get();
        if (known != null) return known;
        DslSchema loaded = DslSchema.load();
        schema = new SoftReference<>(loaded);
        return loaded;
    }

    /** A context that uses this cache. */
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

        /** Null during the superclass constructor, which creates the resolver. */
        private final @Nullable RouteMetadataCache knowledge;

        Knowing(ApplicationContext application, RouteMetadataCache knowledge) {
            super(application);
            this.knowledge = knowledge;
        }

        @Override
        protected ClassResolver createClassResolver() {
            return new DefaultClassResolver(this) {
                @Override
                public @Nullable InputStream loadResourceAsStream(String name) {
                    RouteMetadataCache now = knowledge;
                    return now != null && name.startsWith(DESCRIPTIONS)
                            ? now.description(name, super::loadResourceAsStream)
                            : super.loadResourceAsStream(name);
                }
            };
        }
    }
}

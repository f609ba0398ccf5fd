package io.eventful.store;

import java.nio.file.Path;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** True if the SQLite files are not in the data folder, and so perhaps on a disk of their own. */
final class StoreElsewhere implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String url = environment.getProperty("eventful.store.url", StoreSettings.SQLITE + "<data>/eventful.db");
        Path data = Path.of(environment.getProperty("eventful.data", "data"))
                .toAbsolutePath()
                .normalize();
        return StoreSettings.file(url, data)
                .filter(file -> !data.equals(file.getParent()))
                .isPresent();
    }
}

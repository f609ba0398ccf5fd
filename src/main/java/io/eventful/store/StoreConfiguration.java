package io.eventful.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.system.DiskSpaceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The data folder and the databases in it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** From text: as a Path, Spring would look for it in the web server's own folder first, which has nothing above it. */
    @Bean(destroyMethod = "close")
    FolderLock folderLock(@Value("${eventful.data:data}") String data) {
        return FolderLock.take(Path.of(data).normalize());
    }

    @Bean
    DataFolder dataFolder(FolderLock lock) {
        return lock.folder();
    }

    @Bean(destroyMethod = "close")
    StoreLocks storeLocks() {
        return new StoreLocks();
    }

    @Bean(destroyMethod = "close")
    JdbcDatabases databases(
            StoreSettings settings,
            DataFolder folder,
            StoreLocks locks,
            ObjectProvider<SchemaTemplates> ready,
            MeterRegistry registry) {
        SchemaTemplates schemas = ready.getIfAvailable();
        StoreMetrics metrics = new StoreMetrics(registry);
        return new JdbcDatabases(
                settings, folder, locks.before(schemas == null ? Migrations::run : schemas::prepare), metrics::opened);
    }

    @Bean
    StoresHealth storesHealthIndicator(JdbcDatabases databases) {
        return new StoresHealth(databases);
    }

    /** Beside {@code diskSpace}, which watches the data folder. */
    @Bean
    @Conditional(StoreElsewhere.class)
    DiskSpaceHealthIndicator storeDiskSpaceHealthIndicator(
            StoreSettings settings,
            DataFolder folder,
            @Value("${management.health.diskspace.threshold:10MB}") String threshold) {
        Path file = settings.file(folder.path()).orElseThrow();
        return new DiskSpaceHealthIndicator(
                Objects.requireNonNullElse(file.getParent(), file).toFile(), DataSize.parse(threshold));
    }
}

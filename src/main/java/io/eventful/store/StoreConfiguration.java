package io.eventful.store;

import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
    JdbcDatabases databases(StoreSettings settings, DataFolder folder, ObjectProvider<SchemaTemplates> ready) {
        SchemaTemplates schemas = ready.getIfAvailable();
        return schemas == null
                ? new JdbcDatabases(settings, folder)
                : new JdbcDatabases(settings, folder, schemas::prepare);
    }
}

package io.eventful.store;

import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data folder and the databases in it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean(destroyMethod = "close")
    FolderLock folderLock(@Value("${eventful.data:data}") Path data) {
        return FolderLock.take(data);
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

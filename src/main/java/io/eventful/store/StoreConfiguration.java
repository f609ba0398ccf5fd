package io.eventful.store;

import java.nio.file.Path;
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
    JdbcDatabases databases(StoreSettings settings, DataFolder folder) {
        return new JdbcDatabases(settings, folder);
    }
}

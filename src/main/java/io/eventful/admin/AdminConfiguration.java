package io.eventful.admin;

import io.eventful.store.DataFolder;
import io.eventful.view.AdminAccess;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Beans of the admin port. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    AdminKey adminKey(AdminSettings settings, DataFolder data) {
        return AdminKey.of(settings.key(), data.path(), new SecureRandom());
    }

    /** The admin key also reads views. */
    @Bean
    AdminAccess adminAccess(KeyCheck keys) {
        return (presented, head) -> keys.check(KeyClient.of(head), presented) instanceof KeyDecision.Accepted;
    }

    @Bean
    ConsoleSessions consoleSessions(AdminSettings settings, Clock clock) {
        return new ConsoleSessions(settings.console(), clock, new SecureRandom());
    }

    @Bean
    ConsoleAccessControl consoleAccessControl(ConsoleSessions sessions) {
        return new ConsoleAccessControl(sessions);
    }

    @Bean
    PageTimeout pageTimeout(AdminSettings settings) {
        return new PageTimeout(settings.console().patience());
    }

    @Bean
    KeyCheck keyCheck(AdminKey key, AdminSettings settings, Clock clock) {
        return new KeyCheck(key, new WrongKeyLimiter(settings.guesses(), clock));
    }

    @Bean
    FilterRegistrationBean<AdminKeyFilter> adminKeyFilter(KeyCheck keys, ConsoleAccessControl console) {
        FilterRegistrationBean<AdminKeyFilter> registration =
                new FilterRegistrationBean<>(new AdminKeyFilter(keys, console));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.addUrlPatterns("/*");
        return registration;
    }

    /** Static, because it is needed before the other beans. */
    @Bean
    static ForeignPages foreignPages() {
        return new ForeignPages();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReports()));
    }
}

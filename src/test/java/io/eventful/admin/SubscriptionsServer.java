package io.eventful.admin;

import io.eventful.delivery.HeldDeliveries;
import io.eventful.event.Timers;
import io.eventful.harness.TestTimers;
import io.eventful.store.DataFolder;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.ConsentClient;
import io.eventful.subscription.Positions;
import io.eventful.subscription.Progress;
import io.eventful.subscription.SubscriptionPolicy;
import io.eventful.subscription.TestEvents;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The admin port with its key and the real registry, and nothing that delivers. */
public final class SubscriptionsServer implements AutoCloseable {

    public static final String KEY = "the-admin-key";

    private final ServletWebServerApplicationContext context;

    private SubscriptionsServer(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    public static SubscriptionsServer start(Path folder) {
        return new SubscriptionsServer((ServletWebServerApplicationContext) new SpringApplicationBuilder(Beans.class)
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("dataFolder", new DataFolder(folder)))
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run());
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + context.getWebServer().getPort());
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    @Import({SubscriptionsApi.class, SubscriptionSetsApi.class, AdminErrors.class, AdminConfiguration.class})
    @ComponentScan("io.eventful.subscription")
    static class Beans {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean(destroyMethod = "close")
        Databases databases(DataFolder folder) {
            return TestStores.sqlite(folder.path());
        }

        @Bean
        AdminSettings adminSettings() {
            return new AdminSettings(
                    8081,
                    "127.0.0.1",
                    KEY,
                    new AdminSettings.Guesses(10, Duration.ofMinutes(1), 10),
                    new AdminSettings.Console(Duration.ofHours(2), Duration.ofHours(12), Duration.ofSeconds(45)));
        }

        @Bean
        Positions positions() {
            return new Positions() {
                @Override
                public long ledgerHead() {
                    return 41;
                }

                @Override
                public long publicationHead() {
                    return 7;
                }
            };
        }

        @Bean
        SubscriptionPolicy policy() {
            return new SubscriptionPolicy(
                    List.of("127.0.0.0/8"),
                    SubscriptionPolicy.Consent.NONE,
                    Duration.ofHours(24),
                    "gateway.example",
                    null);
        }

        @Bean
        Progress progress() {
            return subscription -> new Progress.Position(subscription.startPosition(), 3);
        }

        @Bean
        Timers timers() {
            return new TestTimers();
        }

        @Bean
        HeldDeliveries held() {
            return new HeldDeliveries() {
                @Override
                public int drop(String subscription) {
                    return 0;
                }

                @Override
                public void slow(String subscription, int perSecond) {}

                @Override
                public void full(String subscription) {}

                @Override
                public void tryNow(String subscription) {}
            };
        }

        @Bean
        TestEvents testEvents() {
            return subscription -> CompletableFuture.completedFuture(
                    subscription.request().sink().getPath().equals("/broken")
                            ? new TestEvents.Result("test-1", false, 0, "connection-refused", 3)
                            : new TestEvents.Result("test-1", true, 204, "", 12));
        }

        @Bean
        ConsentClient consentClient() {
            return (target, headers, credential) ->
                    CompletableFuture.failedFuture(new IllegalStateException("not asked here"));
        }
    }
}

package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.admin.AdminSettings;
import io.eventful.channel.BrokerSettings;
import io.eventful.channel.ChannelsSettings;
import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import io.eventful.config.LoadedConfiguration;
import io.eventful.delivery.DeliverySettings;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.UpstreamSettings;
import io.eventful.routes.RoutesSettings;
import io.eventful.store.StoreSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key that the product promises reaches its setting, from a file and as an environment variable. */
class SettingsCatalogueTest {

    private static final String FILE = """
        eventful:
          edge:     {port: 1, bind: 127.0.0.2, public-url: "https://api.example", routes: [{path: /crm, upstream: default, strip-prefix: true}]}
          admin:    {port: 2, bind: 127.0.0.3, key: a-long-admin-key, guesses: {limit: 4, span: 5s, clients: 6}, console: {idle: 8s, longest: 9s, patience: 7s}}
          data:     somewhere
          upstreams:
            default: {url: "http://127.0.0.1:3", timeout: 4s, host: upstream, credential: {bearer: t0ken}}
          store:    {url: "jdbc:postgresql://db/x"}
          broker:   {kind: kafka, artemis: {url: "tcp://a:1"}, kafka: {bootstrap-servers: "k:1"}}
          channels:
            customers: {broker: artemis, destination: crm.customers}
          routes:   {directory: elsewhere, reload: false}
          delivery:
            timeout: 6s
            retry-schedule: [0s, 7s]
            allowed-networks: [10.0.0.0/8, "fd00::/8"]
            consent: required
            handoff: 8ms
            retry-after-max: 9s
            secret-overlap: 10s
            origin: gateway.example
        """;

    private static final Map<String, String> VARIABLES = new HashMap<>(Map.ofEntries(
            Map.entry("EVENTFUL_EDGE_PORT", "1"),
            Map.entry("EVENTFUL_EDGE_ROUTES_0_PATH", "/crm"),
            Map.entry("EVENTFUL_EDGE_ROUTES_0_UPSTREAM", "default"),
            Map.entry("EVENTFUL_EDGE_ROUTES_0_STRIP_PREFIX", "true"),
            Map.entry("EVENTFUL_EDGE_BIND", "127.0.0.2"),
            Map.entry("EVENTFUL_EDGE_PUBLIC_URL", "https://api.example"),
            Map.entry("EVENTFUL_ADMIN_PORT", "2"),
            Map.entry("EVENTFUL_ADMIN_BIND", "127.0.0.3"),
            Map.entry("EVENTFUL_ADMIN_KEY", "a-long-admin-key"),
            Map.entry("EVENTFUL_ADMIN_GUESSES_LIMIT", "4"),
            Map.entry("EVENTFUL_ADMIN_GUESSES_SPAN", "5s"),
            Map.entry("EVENTFUL_ADMIN_GUESSES_CLIENTS", "6"),
            Map.entry("EVENTFUL_ADMIN_CONSOLE_IDLE", "8s"),
            Map.entry("EVENTFUL_ADMIN_CONSOLE_LONGEST", "9s"),
            Map.entry("EVENTFUL_ADMIN_CONSOLE_PATIENCE", "7s"),
            Map.entry("EVENTFUL_DATA", "somewhere"),
            Map.entry("EVENTFUL_UPSTREAMS_DEFAULT_URL", "http://127.0.0.1:3"),
            Map.entry("EVENTFUL_UPSTREAMS_DEFAULT_TIMEOUT", "4s"),
            Map.entry("EVENTFUL_UPSTREAMS_DEFAULT_HOST", "upstream"),
            Map.entry("EVENTFUL_UPSTREAMS_DEFAULT_CREDENTIAL_BEARER", "t0ken"),
            Map.entry("EVENTFUL_STORE_URL", "jdbc:postgresql://db/x"),
            Map.entry("EVENTFUL_BROKER_KIND", "kafka"),
            Map.entry("EVENTFUL_ARTEMIS_URL", "tcp://a:1"),
            Map.entry("EVENTFUL_KAFKA_BOOTSTRAP_SERVERS", "k:1"),
            Map.entry("EVENTFUL_CHANNELS_CUSTOMERS_BROKER", "artemis"),
            Map.entry("EVENTFUL_CHANNELS_CUSTOMERS_DESTINATION", "crm.customers"),
            Map.entry("EVENTFUL_ROUTES_DIRECTORY", "elsewhere"),
            Map.entry("EVENTFUL_ROUTES_RELOAD", "false"),
            Map.entry("EVENTFUL_DELIVERY_TIMEOUT", "6s"),
            Map.entry("EVENTFUL_DELIVERY_RETRY_SCHEDULE", "0s,7s"),
            Map.entry("EVENTFUL_DELIVERY_ALLOWED_NETWORKS", "10.0.0.0/8,fd00::/8"),
            Map.entry("EVENTFUL_DELIVERY_CONSENT", "required"),
            Map.entry("EVENTFUL_DELIVERY_HANDOFF", "8ms"),
            Map.entry("EVENTFUL_DELIVERY_RETRY_AFTER_MAX", "9s"),
            Map.entry("EVENTFUL_DELIVERY_SECRET_OVERLAP", "10s"),
            Map.entry("EVENTFUL_DELIVERY_ORIGIN", "gateway.example")));

    @TempDir
    private static Path folder;

    static Stream<ConfigurationSources> sources() throws Exception {
        Path file = Files.writeString(folder.resolve("application.yaml"), FILE);
        return Stream.of(
                new ConfigurationSources(file, Map.of(), List.of()),
                new ConfigurationSources(null, VARIABLES, List.of()));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyKeyReachesItsSetting(ConfigurationSources sources) {
        LoadedConfiguration loaded = SettingsCatalogue.loader().load(sources);

        EdgeSettings edge = loaded.get(EdgeSettings.class);
        assertThat(edge.port()).isEqualTo(1);
        assertThat(edge.bind()).isEqualTo("127.0.0.2");
        assertThat(edge.publicUrl()).isEqualTo(URI.create("https://api.example"));
        assertThat(edge.routes()).containsExactly(new EdgeSettings.Route("/crm", null, "default", true));
        assertThat(loaded.get(AdminSettings.class))
                .isEqualTo(new AdminSettings(
                        2,
                        "127.0.0.3",
                        "a-long-admin-key",
                        new AdminSettings.Guesses(4, Duration.ofSeconds(5), 6),
                        new AdminSettings.Console(
                                Duration.ofSeconds(8), Duration.ofSeconds(9), Duration.ofSeconds(7))));
        assertThat(loaded.properties()).containsEntry("eventful.data", "somewhere");
        UpstreamSettings.Upstream upstream =
                loaded.get(UpstreamSettings.class).upstreams().get("default");
        assertThat(upstream.url()).isEqualTo(URI.create("http://127.0.0.1:3"));
        assertThat(upstream.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(upstream.host()).isEqualTo("upstream");
        assertThat(upstream.credential().bearer()).isEqualTo("t0ken");
        assertThat(loaded.get(StoreSettings.class).url()).isEqualTo("jdbc:postgresql://db/x");
        BrokerSettings broker = loaded.get(BrokerSettings.class);
        assertThat(broker.kind()).isEqualTo(BrokerSettings.Kind.KAFKA);
        assertThat(broker.artemis().url()).isEqualTo("tcp://a:1");
        assertThat(broker.kafka().bootstrapServers()).isEqualTo("k:1");
        assertThat(loaded.get(ChannelsSettings.class).channels())
                .containsEntry("customers", new ChannelsSettings.Channel(BrokerSettings.Kind.ARTEMIS, "crm.customers"));
        assertThat(loaded.get(RoutesSettings.class).directory()).isEqualTo("elsewhere");
        assertThat(loaded.get(RoutesSettings.class).reload()).isFalse();
        delivery(loaded.get(DeliverySettings.class));
    }

    private static void delivery(DeliverySettings delivery) {
        assertThat(delivery.timeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(delivery.retrySchedule()).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
        assertThat(delivery.allowedNetworks()).containsExactly("10.0.0.0/8", "fd00::/8");
        assertThat(delivery.consent()).isEqualTo(DeliverySettings.Consent.REQUIRED);
        assertThat(delivery.handoff()).isEqualTo(Duration.ofMillis(8));
        assertThat(delivery.retryAfterMax()).isEqualTo(Duration.ofSeconds(9));
        assertThat(delivery.secretOverlap()).isEqualTo(Duration.ofSeconds(10));
        assertThat(delivery.origin()).isEqualTo("gateway.example");
    }

    @Test
    void whatContradictsIsToldWithEverythingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("contradictory.yaml"), """
            eventful:
              edge: {port: 9090, bind: 127.0.0.1}
              admin: {port: 9090}
              broker: {kind: kafka}
              delivery: {allowed-networks: [300.0.0.0/8], timeot: 3s}
            """);
        assertThatThrownBy(() -> SettingsCatalogue.loader().load(new ConfigurationSources(file, Map.of(), List.of())))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigurationProblem::path)
                                .containsExactlyInAnyOrder(
                                        "eventful.delivery.timeot",
                                        "eventful.delivery.allowed-networks[0]",
                                        "eventful.admin.port",
                                        "eventful.broker.kafka.bootstrap-servers"));
        Path rest = Files.writeString(folder.resolve("rest.yaml"), """
            eventful:
              edge: {port: 9090, bind: 127.0.0.1}
              admin: {port: 9090}
              channels: {orders: {broker: kafka}}
            """);
        assertThatThrownBy(() -> SettingsCatalogue.loader().load(new ConfigurationSources(rest, Map.of(), List.of())))
                .hasMessageContaining("eventful.admin.port (" + rest + ":3): is 9090, the same as eventful.edge.port")
                .hasMessageContaining("eventful.broker.kafka.bootstrap-servers: is missing")
                .hasMessageContaining("eventful.channels.orders.broker is kafka");
    }

    @Test
    void twoChannelsOfOneDestinationContradictHoweverTheirBrokerIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("shared.yaml"), """
            eventful:
              channels:
                a: {destination: x}
                b: {broker: artemis, destination: x}
            """);
        assertThatThrownBy(() -> SettingsCatalogue.loader().load(new ConfigurationSources(file, Map.of(), List.of())))
                .hasMessageContaining("eventful.channels.b.destination")
                .hasMessageContaining("is also that of channel a");
    }

    @Test
    void noSecretIsPrinted() throws Exception {
        LoadedConfiguration loaded =
                SettingsCatalogue.loader().load(sources().findFirst().orElseThrow());

        assertThat(loaded.settings().toString() + loaded).doesNotContain("a-long-admin-key", "t0ken");
    }

    /** Keys that are not part of the contract, but documented, and of types that no other key has. */
    @Test
    void theWayOutOfWebhooksIsReadToo() throws Exception {
        Path file = Files.writeString(folder.resolve("egress.yaml"), """
            eventful:
              delivery:
                bind: 127.0.0.4
                proxy: {url: "http://127.0.0.1:3128", username: u, password: p, trusted: true}
                tls: {ca: /etc/ssl/own.pem}
            """);
        DeliverySettings delivery = SettingsCatalogue.loader()
                .load(new ConfigurationSources(
                        file, Map.of("EVENTFUL_DELIVERY_LIMITS_RESPONSE_BODY", "1KB"), List.of()))
                .get(DeliverySettings.class);
        assertThat(delivery.tls().ca()).isEqualTo(Path.of("/etc/ssl/own.pem"));
        assertThat(delivery.bind()).isEqualTo("127.0.0.4");
        assertThat(delivery.proxy())
                .satisfies(proxy -> assertThat(proxy.trusted()).isTrue());
        assertThat(delivery.limits().responseBody().toBytes()).isEqualTo(1024);
    }
}

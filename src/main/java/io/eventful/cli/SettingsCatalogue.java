package io.eventful.cli;

import io.eventful.admin.AdminSettings;
import io.eventful.channel.BrokerSettings;
import io.eventful.channel.ChannelsSettings;
import io.eventful.config.BindAddress;
import io.eventful.config.ConfigurationLoader;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.LoadedConfiguration;
import io.eventful.delivery.DeliverySettings;
import io.eventful.delivery.SinkTrust;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.PemFiles;
import io.eventful.edge.UpstreamSettings;
import io.eventful.routetest.Parts;
import io.eventful.subscription.MasterKey;
import io.eventful.subscription.SubscriptionsSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The list of the settings records of all packages, which determines the existing configuration keys. */
final class SettingsCatalogue {

    private SettingsCatalogue() {}

    static ConfigurationLoader loader() {
        return Parts.loader(AdminSettings.class, SubscriptionsSettings.class)
                .agreeing(
                        SettingsCatalogue::ports,
                        SettingsCatalogue::kafka,
                        SettingsCatalogue::channels,
                        SettingsCatalogue::upstreams,
                        SettingsCatalogue::circles,
                        SettingsCatalogue::addresses);
    }

    /** The same for the gateway itself, which must be able to read its files; other commands may be run by other users. */
    static ConfigurationLoader starting() {
        return loader().agreeing(SettingsCatalogue::files).within(SettingsCatalogue::masterKey);
    }

    private static List<ConfigurationProblem> masterKey(Map<String, String> environment) {
        return MasterKey.isUsable(environment.get(MasterKey.VARIABLE))
                ? List.of()
                : List.of(new ConfigurationProblem(
                        MasterKey.VARIABLE,
                        "environment",
                        "is no master key",
                        "Set it to the Base64 form of 32 bytes (openssl rand -base64 32), or to the content of the"
                                + " master.key that stored secrets were encrypted with."));
    }

    private static List<ConfigurationProblem> addresses(LoadedConfiguration configuration) {
        Map<String, String> binds = new LinkedHashMap<>();
        binds.put("eventful.edge.bind", configuration.get(EdgeSettings.class).bind());
        binds.put("eventful.admin.bind", configuration.get(AdminSettings.class).bind());
        String outgoing = configuration.get(DeliverySettings.class).bind();
        if (outgoing != null) binds.put("eventful.delivery.bind", outgoing);
        return binds.entrySet().stream()
                .filter(bind -> !BindAddress.isValid(bind.getValue()))
                .map(bind -> new ConfigurationProblem(
                        bind.getKey(),
                        "",
                        "is " + bind.getValue() + ", which is not an address",
                        "Write an address of this machine, such as 127.0.0.1."))
                .toList();
    }

    private static List<ConfigurationProblem> files(LoadedConfiguration configuration) {
        Map<String, String> wrong = new LinkedHashMap<>(
                PemFiles.problems(configuration.get(EdgeSettings.class), configuration.get(UpstreamSettings.class)));
        SinkTrust.problem(configuration.get(DeliverySettings.class))
                .ifPresent(problem -> wrong.put("eventful.delivery.tls.ca", problem));
        return wrong.entrySet().stream()
                .map(file -> new ConfigurationProblem(
                        file.getKey(),
                        "",
                        file.getValue(),
                        "Name a PEM file that this user may read; a relative path begins at the current folder."))
                .toList();
    }

    private static List<ConfigurationProblem> ports(LoadedConfiguration configuration) {
        EdgeSettings edge = configuration.get(EdgeSettings.class);
        AdminSettings admin = configuration.get(AdminSettings.class);
        boolean apart = edge.port() == 0
                || edge.port() != admin.port()
                || !isAny(edge.bind()) && !isAny(admin.bind()) && !edge.bind().equals(admin.bind());
        return apart
                ? List.of()
                : List.of(new ConfigurationProblem(
                        "eventful.admin.port",
                        "",
                        "is " + admin.port() + ", the same as eventful.edge.port",
                        "Use a different number for each port."));
    }

    private static boolean isAny(String bind) {
        return bind.equals("0.0.0.0") || bind.equals("::");
    }

    private static List<ConfigurationProblem> upstreams(LoadedConfiguration configuration) {
        List<EdgeSettings.Route> routes = configuration.get(EdgeSettings.class).routes();
        Set<String> known =
                configuration.get(UpstreamSettings.class).upstreams().keySet();
        return IntStream.range(0, routes.size())
                .filter(each -> !known.contains(routes.get(each).upstream()))
                .mapToObj(each -> new ConfigurationProblem(
                        "eventful.edge.routes[" + each + "].upstream",
                        "",
                        "names the unknown upstream " + routes.get(each).upstream(),
                        "Add eventful.upstreams." + routes.get(each).upstream() + ".url."))
                .toList();
    }

    /** Upstreams that are this gateway: one call would open all connections that it may have to itself. */
    private static List<ConfigurationProblem> circles(LoadedConfiguration configuration) {
        EdgeSettings edge = configuration.get(EdgeSettings.class);
        AdminSettings admin = configuration.get(AdminSettings.class);
        UpstreamSettings upstreams = configuration.get(UpstreamSettings.class);
        return Stream.concat(
                        upstreams.keysOf(edge.bind(), edge.port()).stream()
                                .map(key -> circle(key, "eventful.edge.port", edge.port())),
                        upstreams.keysOf(admin.bind(), admin.port()).stream()
                                .map(key -> circle(key, "eventful.admin.port", admin.port())))
                .toList();
    }

    private static ConfigurationProblem circle(String key, String port, int number) {
        return new ConfigurationProblem(
                key,
                "",
                "is this gateway itself: " + port + " is " + number,
                "Set it to the URL of the system behind the gateway, or use another port.");
    }

    private static List<ConfigurationProblem> channels(LoadedConfiguration configuration) {
        return configuration
                .get(ChannelsSettings.class)
                .shared(configuration.get(BrokerSettings.class).kind())
                .entrySet()
                .stream()
                .map(shared -> new ConfigurationProblem(
                        "eventful.channels." + shared.getKey() + ".destination",
                        "",
                        "is also that of channel " + shared.getValue(),
                        "Use a unique destination for each channel."))
                .toList();
    }

    private static List<ConfigurationProblem> kafka(LoadedConfiguration configuration) {
        BrokerSettings broker = configuration.get(BrokerSettings.class);
        if (broker.kafka().bootstrapServers() != null) return List.of();
        Stream<String> wanting = configuration.get(ChannelsSettings.class).channels().entrySet().stream()
                .filter(channel -> channel.getValue().broker() == BrokerSettings.Kind.KAFKA)
                .map(channel -> "eventful.channels." + channel.getKey() + ".broker")
                .sorted();
        if (broker.kind() == BrokerSettings.Kind.KAFKA)
            wanting = Stream.concat(Stream.of("eventful.broker.kind"), wanting);
        return wanting
                .findFirst()
                .map(key -> new ConfigurationProblem(
                        "eventful.broker.kafka.bootstrap-servers",
                        "",
                        "is missing, and " + key + " is kafka",
                        "Write the brokers as host:port, with commas between."))
                .stream()
                .toList();
    }
}

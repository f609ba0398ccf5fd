package io.eventful.admin;

import io.eventful.catalog.Catalog.Server;
import io.eventful.channel.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configured brokers as AsyncAPI servers: host and port only, never credentials. */
final class BrokerServers {

    /** Scheme, optional user information, host and port of a connector URL; options that follow are ignored. */
    private static final Pattern CONNECTOR = Pattern.compile("\\w+://(?:[^@/?,()]*@)?([^/?;,()]+)");

    private BrokerServers() {}

    static List<Server> artemis(BrokerSettings.Artemis settings) {
        List<Server> servers = new ArrayList<>();
        if (settings.url() != null) {
            List<String> hosts = hosts(settings.url());
            for (String host : hosts) add(servers, hosts, "artemis", host, "jms", "Apache ActiveMQ Artemis");
            return servers;
        }
        if (settings.acceptor() != null)
            for (String host : hosts(settings.acceptor()))
                servers.add(new Server("artemis", host, "jms", "The embedded broker, Apache ActiveMQ Artemis"));
        BrokerSettings.Protocols protocols = settings.protocols();
        protocol(servers, "amqp", protocols.amqp());
        protocol(servers, "mqtt", protocols.mqtt());
        protocol(servers, "stomp", protocols.stomp());
        if (servers.isEmpty())
            servers.add(new Server(
                    "artemis",
                    "embedded.invalid",
                    "jms",
                    "The embedded broker accepts no connections from outside; set"
                            + " eventful.broker.artemis.acceptor and .protocols to open it."));
        return servers;
    }

    static List<Server> kafka(BrokerSettings.Kafka settings) {
        List<Server> servers = new ArrayList<>();
        String bootstrap = settings.bootstrapServers();
        if (bootstrap == null) return servers;
        List<String> hosts = List.of(bootstrap.strip().split("\\s*,\\s*"));
        for (String host : hosts) add(servers, hosts, "kafka", host, "kafka", "Apache Kafka");
        return servers;
    }

    private static void protocol(List<Server> servers, String name, @Nullable String place) {
        if (place != null)
            servers.add(new Server("artemis-" + name, place, name, "The embedded broker, over another protocol"));
    }

    private static void add(
            List<Server> servers, List<String> hosts, String name, String host, String protocol, String description) {
        String unique = hosts.size() == 1 ? name : name + "-" + (servers.size() + 1);
        servers.add(new Server(unique, host, protocol, description));
    }

    private static List<String> hosts(String url) {
        Matcher matcher = CONNECTOR.matcher(url);
        return matcher.results().map(found -> found.group(1)).toList();
    }
}

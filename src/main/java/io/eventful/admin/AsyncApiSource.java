package io.eventful.admin;

import io.eventful.catalog.Catalog;
import io.eventful.catalog.Catalog.Action;
import io.eventful.catalog.Catalog.Channel;
import io.eventful.catalog.Catalog.Message;
import io.eventful.catalog.Catalog.Operation;
import io.eventful.catalog.Catalog.Server;
import io.eventful.catalog.Catalog.Transport;
import io.eventful.channel.BrokerSettings;
import io.eventful.channel.ChannelsSettings;
import io.eventful.routes.RouteFlows;
import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.RouteFlows.Use;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Collects the content of the AsyncAPI document: events from the routes, channels and brokers from the configuration. */
@Component
final class AsyncApiSource {

    private static final String SUBSCRIBERS = "subscribers";

    private final BrokerSettings brokers;
    private final ChannelsSettings channels;

    AsyncApiSource(BrokerSettings brokers, ChannelsSettings channels) {
        this.brokers = brokers;
        this.channels = channels;
    }

    Catalog catalog(String version, RouteFlows flows) {
        TreeMap<String, List<Flow>> byChannel = new TreeMap<>();
        for (Flow flow : flows.flows())
            byChannel.computeIfAbsent(flow.channel(), none -> new ArrayList<>()).add(flow);
        List<Channel> all = new ArrayList<>();
        byChannel.forEach((name, uses) -> {
            List<Flow> brokered =
                    uses.stream().filter(flow -> flow.use() != Use.DELIVERS).toList();
            List<Flow> delivered =
                    uses.stream().filter(flow -> flow.use() == Use.DELIVERS).toList();
            if (!brokered.isEmpty()) all.add(brokered(name, brokered));
            if (!delivered.isEmpty()) all.add(delivered(name, delivered));
        });
        return new Catalog(version, flows.generation(), servers(all), all);
    }

    private List<Server> servers(List<Channel> all) {
        Set<Transport> used = new LinkedHashSet<>();
        all.forEach(channel -> used.add(channel.transport()));
        List<Server> servers = new ArrayList<>();
        if (used.contains(Transport.ARTEMIS)) servers.addAll(BrokerServers.artemis(brokers.artemis()));
        if (used.contains(Transport.KAFKA)) servers.addAll(BrokerServers.kafka(brokers.kafka()));
        if (used.contains(Transport.WEBHOOK))
            servers.add(new Server(
                    SUBSCRIBERS,
                    "{sink}",
                    "https",
                    "The sink of each subscription, an http or https URL. Sinks are not listed in this document."));
        return servers;
    }

    private Channel brokered(String name, List<Flow> flows) {
        ChannelsSettings.Channel own = channels.channels().get(name);
        BrokerSettings.Kind kind = own == null || own.broker() == null ? brokers.kind() : own.broker();
        Transport transport = kind == BrokerSettings.Kind.KAFKA ? Transport.KAFKA : Transport.ARTEMIS;
        List<Server> servers = transport == Transport.KAFKA
                ? BrokerServers.kafka(brokers.kafka())
                : BrokerServers.artemis(brokers.artemis());
        List<Operation> operations = new ArrayList<>();
        operation(operations, flows, Use.WRITES, new Operation("publish." + name, Action.SEND, "Published by"));
        operation(operations, flows, Use.READS, new Operation("consume." + name, Action.RECEIVE, "Consumed by"));
        return new Channel(
                name,
                own == null || own.destination() == null ? name : own.destination(),
                transport,
                servers.stream().map(Server::name).toList(),
                operations,
                messages(flows));
    }

    private static Channel delivered(String name, List<Flow> flows) {
        List<Operation> operations = new ArrayList<>();
        operation(
                operations,
                flows,
                Use.DELIVERS,
                new Operation("deliver." + name, Action.SEND, "Signed webhooks to the subscriptions, sent by"));
        return new Channel(
                name + ".webhooks", null, Transport.WEBHOOK, List.of(SUBSCRIBERS), operations, messages(flows));
    }

    private static void operation(List<Operation> operations, List<Flow> flows, Use use, Operation operation) {
        Set<String> routes = new TreeSet<>();
        for (Flow flow : flows) if (flow.use() == use) routes.add(flow.route());
        if (routes.isEmpty()) return;
        operations.add(new Operation(
                operation.name(),
                operation.action(),
                operation.summary() + " route " + String.join(", ", routes) + "."));
    }

    private static Set<Message> messages(List<Flow> flows) {
        Set<Message> messages = new LinkedHashSet<>();
        for (Flow flow : flows) flow.events().forEach(told -> messages.add(new Message(told.type(), told.rendering())));
        return messages;
    }
}

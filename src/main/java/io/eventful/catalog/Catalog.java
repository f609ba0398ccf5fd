package io.eventful.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells, and where: the contents of its AsyncAPI document.
 *
 * @param version of the gateway
 * @param generation of the routes that tell it
 * @param servers that carry the channels
 * @param channels in the order in which they are shown
 */
public record Catalog(String version, long generation, List<Server> servers, List<Channel> channels) {

    public Catalog {
        servers = List.copyOf(servers);
        channels = List.copyOf(channels);
    }

    /** How events travel, which decides how their attributes are written. */
    public enum Transport {
        ARTEMIS,
        KAFKA,
        WEBHOOK
    }

    /**
     * Somebody who carries events.
     *
     * @param name unique among the servers
     * @param host {@code host:port}, never with credentials, or <code>{name}</code> when each has its own
     * @param protocol as AsyncAPI names it
     * @param description for people
     */
    public record Server(String name, String host, String protocol, String description) {}

    /**
     * A channel.
     *
     * @param name unique among the channels
     * @param address topic, address or queue; null when each receiver has its own
     * @param transport how its events travel
     * @param servers names of those that carry it
     * @param operations what the gateway does with it
     * @param messages what flows in it
     */
    public record Channel(
            String name,
            @Nullable String address,
            Transport transport,
            List<String> servers,
            List<Operation> operations,
            Set<Message> messages) {
        public Channel {
            servers = List.copyOf(servers);
            operations = List.copyOf(operations);
            messages = Set.copyOf(messages);
        }
    }

    /**
     * What the gateway does with a channel.
     *
     * @param name unique among the operations
     * @param summary for people
     */
    public record Operation(String name, Action action, String summary) {}

    /** From where the gateway stands. */
    public enum Action {
        SEND,
        RECEIVE
    }

    /**
     * A kind of event.
     *
     * @param type event type; {@code *} stands in it for any part
     * @param rendering name of its pattern or variant; empty when it is not known
     */
    public record Message(String type, String rendering) {}
}

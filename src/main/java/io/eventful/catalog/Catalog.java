package io.eventful.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of the AsyncAPI document: events, channels and servers.
 *
 * @param version version of the gateway
 * @param generation generation of the routes
 * @param servers brokers and sinks
 * @param channels channels, in display order
 */
public record Catalog(String version, long generation, List<Server> servers, List<Channel> channels) {

    public Catalog {
        servers = List.copyOf(servers);
        channels = List.copyOf(channels);
    }

    /** The transport of events, which determines the protocol binding of their attributes. */
    public enum Transport {
        ARTEMIS,
        KAFKA,
        WEBHOOK
    }

    /**
     * A server in the sense of AsyncAPI.
     *
     * @param name unique among the servers
     * @param host {@code host:port}, without credentials, or <code>{name}</code> if each receiver has its own
     * @param protocol as AsyncAPI names it
     * @param description description for people
     */
    public record Server(String name, String host, String protocol, String description) {}

    /**
     * A channel.
     *
     * @param name unique among the channels
     * @param address topic, address or queue; null if each receiver has its own
     * @param transport transport of its events
     * @param servers names of its servers
     * @param operations operations of the gateway on it
     * @param messages kinds of events in it
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
     * An operation of the gateway on a channel.
     *
     * @param name unique among the operations
     * @param summary summary for people
     */
    public record Operation(String name, Action action, String summary) {}

    /** The direction, from the gateway's point of view. */
    public enum Action {
        SEND,
        RECEIVE
    }

    /**
     * A kind of event.
     *
     * @param type event type; {@code *} in it stands for any text
     * @param rendering name of the pattern or variant; empty if not known
     */
    public record Message(String type, String rendering) {}
}

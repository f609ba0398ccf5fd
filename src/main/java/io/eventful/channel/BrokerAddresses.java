package io.eventful.channel;

import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.kafka.common.utils.Utils;

/** Whether a text is an address by the rules of the broker's own client, which first sees it when the gateway starts. */
final class BrokerAddresses {

    private static final int LAST_PORT = 65535;

    private BrokerAddresses() {}

    /** A connector URL of Artemis; nothing is connected. */
    static boolean isConnector(String url) {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url)) {
            return locator != null;
        } catch (Exception malformed) {
            return false;
        }
    }

    /** An acceptor URL of Artemis; nothing is opened. */
    static boolean isAcceptor(String url) {
        try {
            return new ConfigurationImpl().addAcceptorConfiguration("checked", url) != null;
        } catch (Exception malformed) {
            return false;
        }
    }

    /** Addresses of Kafka, with commas between. */
    static boolean areBootstrapServers(String servers) {
        for (String server : servers.split(",", -1)) {
            Integer port = Utils.getPort(server.strip());
            if (Utils.getHost(server.strip()) == null || port == null || port < 1 || port > LAST_PORT) return false;
        }
        return true;
    }

    /** Whether something can listen on the port at the end of {@code host:port}; 0 is a free one. */
    static boolean hasPort(String place) {
        return Integer.parseInt(place.strip().substring(place.strip().lastIndexOf(':') + 1)) <= LAST_PORT;
    }
}

package io.eventful.channel;

import org.apache.activemq.artemis.api.core.ActiveMQAddressDoesNotExistException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerAddressPlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that the broker makes for MQTT itself: one for the retained message of each topic, and one for each client that
 * receives with QoS 2. Without them it cannot answer such a client, and cuts it off. All other settings are those of every
 * address: what does not fit the memory is paged.
 */
final class MqttAddresses implements ActiveMQServerAddressPlugin {

    private static final String INTERNAL = "$sys.mqtt.";
    private static final String RETAINED = INTERNAL + "retain.";

    private volatile @Nullable ActiveMQServer server;

    private MqttAddresses() {}

    /** Allows them where an acceptor speaks MQTT. */
    static void allow(Configuration configuration) {
        if (configuration.getAcceptorConfigurations().stream()
                .map(acceptor -> acceptor.getCombinedParams().get(TransportConstants.PROTOCOLS_PROP_NAME))
                .noneMatch(protocols -> String.valueOf(protocols).contains("MQTT"))) return;
        configuration.addAddressSetting(RETAINED + "#", new AddressSettings().setAutoCreateAddresses(true));
        // Client ids are often random, so what a client has left behind would be kept for nobody.
        configuration.addAddressSetting(
                INTERNAL + "queue.qos2.#",
                new AddressSettings()
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteAddresses(true)
                        .setAutoDeleteAddressesSkipUsageCheck(true));
        configuration.registerBrokerPlugin(new MqttAddresses());
    }

    @Override
    public void registered(ActiveMQServer server) {
        this.server = server;
    }

    /**
     * A topic that is no destination has nothing to retain. Otherwise a client could fill the memory with topics, whose
     * queues are never paged.
     */
    @Override
    public void beforeAddAddress(AddressInfo address, boolean reload) throws ActiveMQAddressDoesNotExistException {
        String name = address.getName().toString();
        ActiveMQServer running = server;
        if (reload || running == null || !name.startsWith(RETAINED)) return;
        String destination = name.substring(RETAINED.length());
        if (destination.startsWith(INTERNAL) || running.getAddressInfo(SimpleString.of(destination)) == null)
            throw new ActiveMQAddressDoesNotExistException(
                    "a message can be retained only at a destination that exists, and " + destination + " does not");
    }
}

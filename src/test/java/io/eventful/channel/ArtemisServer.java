package io.eventful.channel;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker as somebody else runs it: arguments are a folder and a port. */
final class ArtemisServer {

    private ArtemisServer() {}

    public static void main(String[] arguments) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(arguments[0] + "/journal")
                .setBindingsDirectory(arguments[0] + "/bindings")
                .setPagingDirectory(arguments[0] + "/paging")
                .setLargeMessagesDirectory(arguments[0] + "/large")
                .setMaxDiskUsage(100)
                .addAcceptorConfiguration("core", "tcp://127.0.0.1:" + arguments[1])
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1));
        new ActiveMQServerImpl(configuration).start();
    }
}

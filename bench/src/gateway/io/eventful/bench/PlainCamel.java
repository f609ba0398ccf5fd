package io.eventful.bench;

import io.eventful.event.Event;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * What one would write with Camel alone: a durable queue of an embedded Artemis, and a route with {@code to: http} for
 * each endpoint. It signs nothing, keeps no log, retries nothing, and one endpoint that fails or hangs stops the others.
 */
final class PlainCamel implements AutoCloseable {

    private static final int SERVER = 7;
    private static final int WRITERS = 16;
    private static final int CONSUMERS = 16;

    private final ActiveMQServer broker;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Connection connection;
    private final BlockingQueue<Writer> writers = new ArrayBlockingQueue<>(WRITERS);
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    private record Writer(Session session, MessageProducer producer) {}

    PlainCamel(Path folder, List<URI> endpoints) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration(
                        new TransportConfiguration(InVMAcceptorFactory.class.getName(), Map.of("serverId", SERVER)));
        broker = new ActiveMQServerImpl(configuration);
        broker.start();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://" + SERVER);
        connection = factory.createConnection();
        connection.start();
        for (int i = 0; i < WRITERS; i++) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            writers.add(new Writer(session, session.createProducer(session.createQueue("plain"))));
        }
        camel.addComponent("jms", JmsComponent.jmsComponentAutoAcknowledge(factory));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("jms:queue:plain?concurrentConsumers=" + CONSUMERS);
                for (URI endpoint : endpoints) {
                    route.setHeader("CamelHttpMethod", constant("POST"));
                    route.to(endpoint + "?connectionsPerRoute=" + CONSUMERS + "&maxTotalConnections=1000");
                }
            }
        });
        camel.start();
    }

    /** Completes when the message is durable in the queue. */
    CompletableFuture<Void> send(Event event) {
        return CompletableFuture.runAsync(() -> write(event), threads);
    }

    private void write(Event event) {
        try {
            Writer writer = writers.take();
            try {
                BytesMessage message = writer.session().createBytesMessage();
                message.writeBytes(event.data());
                writer.producer().send(message);
            } finally {
                writers.add(writer);
            }
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws Exception {
        camel.close();
        threads.shutdownNow();
        connection.close();
        broker.stop();
    }
}

package io.eventful.channel;

import io.eventful.channel.Channels.Orphan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.PostOffice;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/** What the queues of the gateway's consumers keep in the embedded broker. */
final class EmbeddedQueues {

    private EmbeddedQueues() {}

    /** Empty while the server is down, and it is not known. */
    static Optional<List<Orphan>> of(ActiveMQServer server) {
        PostOffice office = server.getPostOffice();
        if (office == null) return Optional.empty();
        List<Orphan> queues = new ArrayList<>();
        office.getAllBindings().forEach(binding -> add(queues, binding));
        return Optional.of(queues);
    }

    private static void add(List<Orphan> queues, Binding binding) {
        if (!(binding instanceof QueueBinding queue)) return;
        String destination = binding.getAddress().toString();
        String consumer =
                QueueNames.consumer(destination, binding.getUniqueName().toString());
        if (consumer != null)
            queues.add(new Orphan(destination, consumer, queue.getQueue().getMessageCount()));
    }
}

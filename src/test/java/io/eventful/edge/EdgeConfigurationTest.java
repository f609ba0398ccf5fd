package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

class EdgeConfigurationTest {

    @EnableConfigurationProperties({EdgeSettings.class, UpstreamSettings.class})
    static class Settings {}

    /** Does what the last of the others to get ready does. */
    static final class Late implements SmartLifecycle {
        private final ObjectProvider<EdgeServer> edge;
        private boolean edgeWasClosed;
        private boolean running;

        Late(ObjectProvider<EdgeServer> edge) {
            this.edge = edge;
        }

        @Override
        public void start() {
            edgeWasClosed = !edge.getObject().isRunning();
            running = true;
        }

        @Override
        public void stop() {
            edgeWasClosed &= !edge.getObject().isRunning();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return EdgeServer.PHASE - 1;
        }
    }

    @Test
    void thePortOpensLastAndClosesFirst() throws IOException {
        try (RecordingUpstream upstream =
                new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))) {
            Late[] late = new Late[1];
            new ApplicationContextRunner()
                    .withUserConfiguration(EdgeConfiguration.class, Settings.class)
                    .withBean(Late.class)
                    .withPropertyValues(
                            "eventful.edge.port=0",
                            "eventful.edge.bind=127.0.0.1",
                            "eventful.upstreams.default.url=http://127.0.0.1:" + upstream.port())
                    .run(context -> {
                        late[0] = context.getBean(Late.class);
                        EdgeServer edge = context.getBean(EdgeServer.class);
                        assertThat(edge.port()).isPositive();
                        assertThat(edge.publicUrl()).isEqualTo("http://localhost:" + edge.port());
                        assertThat(context.getBean(Upstreams.class).names()).containsExactly("default");
                        assertThat(context).hasSingleBean(Routing.class);
                        try (RawClient client = new RawClient(edge.port())) {
                            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                            assertThat(client.reply().text()).isEqualTo("ok");
                        }
                        assertThat(late[0].edgeWasClosed).isTrue();
                    });
            assertThat(late[0].edgeWasClosed).isTrue();
            assertThat(late[0].running).isFalse();
        }
    }
}

package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the gateway is compared with. */
final class Peers {

    private Peers() {}

    /** A process at a port. */
    private record Started(Child child, URI url) implements Candidate.Running {

        Started(Child child, int port) {
            this(child, URI.create("http://127.0.0.1:" + port));
        }

        @Override
        public Duration processorTime() {
            return child.processorTime();
        }

        @Override
        public OptionalLong delivered() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** Nothing between: the client calls the upstream. */
    record Direct() implements Candidate {

        @Override
        public String name() {
            return "direct";
        }

        @Override
        public String title() {
            return "upstream directly";
        }

        @Override
        public String missing() {
            return "";
        }

        @Override
        public Running start(Backend upstream, String label) {
            return new Running() {
                private final Duration before = upstream.processorTime();

                @Override
                public URI url() {
                    return upstream.url();
                }

                @Override
                public Duration processorTime() {
                    return upstream.processorTime().minus(before);
                }

                @Override
                public OptionalLong delivered() {
                    return OptionalLong.empty();
                }

                @Override
                public void close() {}
            };
        }
    }

    record NginxProxy(Places places) implements Candidate {

        @Override
        public String name() {
            return "nginx";
        }

        @Override
        public String title() {
            return "nginx";
        }

        @Override
        public String missing() {
            return places.nginx().isPresent() ? "" : "not installed, and not to be had from apt";
        }

        @Override
        public Running start(Backend upstream, String label) throws IOException, InterruptedException {
            int port = Child.freePort();
            Map<String, String> values = Map.of("UPSTREAM", String.valueOf(upstream.port()));
            return new Started(Nginx.start(places, "proxy", label, port, values), port);
        }
    }

    record SpringCloudGateway(Places places) implements Candidate {

        @Override
        public String name() {
            return "spring";
        }

        @Override
        public String title() {
            return "Spring Cloud Gateway (WebFlux)";
        }

        @Override
        public String missing() {
            return places.peer().isPresent() ? "" : "Maven cannot resolve it";
        }

        @Override
        public Running start(Backend upstream, String label) throws IOException, InterruptedException {
            int port = Child.freePort();
            Path folder = places.fresh(label);
            String route = "--spring.cloud.gateway.server.webflux.routes[0].";
            List<String> command = new ArrayList<>(
                    Places.java(places.classPath("peer", places.peer().orElseThrow()), "io.eventful.bench.Peer"));
            // The same collector as the gateway's launcher chooses.
            command.add(1, "-XX:+UseParallelGC");
            command.addAll(List.of(
                    "--server.address=127.0.0.1",
                    "--server.port=" + port,
                    route + "id=all",
                    route + "uri=" + upstream.url(),
                    route + "predicates[0]=Path=/**"));
            return new Started(
                    Child.start(folder, folder.resolve("log"), command).awaitPort(port), port);
        }
    }
}

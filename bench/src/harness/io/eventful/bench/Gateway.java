package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The gateway, started as its users start it: by the launcher, from the root of the repository. */
record Gateway(Places places, Use use) implements Candidate {

    /** What it does beside forwarding. */
    enum Use {
        PASS("pass", "Eventful Gateway, passing through"),
        CAPTURE("capture", "Eventful Gateway, capturing, one subscriber"),
        DRIP("drip", "Eventful Gateway, capturing, one subscriber and one that drips"),
        RECEIVE("receive", "Eventful Gateway, receiving webhooks, one subscriber");

        private final String name;
        private final String title;

        Use(String name, String title) {
            this.name = name;
            this.title = title;
        }
    }

    @Override
    public String name() {
        return use.name;
    }

    @Override
    public String title() {
        return use.title;
    }

    @Override
    public String missing() {
        return Files.isExecutable(launcher()) ? "" : "there is no launcher";
    }

    private Path launcher() {
        return places.root().resolve("eventful");
    }

    @Override
    public Running start(Backend upstream, String label) throws IOException, InterruptedException {
        Path folder = places.fresh(label);
        int port = Child.freePort();
        int adminPort = Child.freePort();
        Path routes = routes(folder);
        List<String> command = List.of(
                launcher().toString(),
                "run",
                "--upstream",
                upstream.url().toString(),
                "--port",
                String.valueOf(port),
                "--admin-port",
                String.valueOf(adminPort),
                "--routes",
                routes.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--allow-network",
                "127.0.0.0/8");
        Child child = Child.start(places.root(), folder.resolve("log"), command).awaitLine("ready ");
        Instance instance = new Instance(use, child, port, folder, Optional.empty(), Optional.empty());
        return use == Use.PASS ? instance : subscribed(instance, adminPort, label);
    }

    /** Without route files nothing is captured; the shipped ones capture every write. */
    private Path routes(Path folder) throws IOException {
        return switch (use) {
            case PASS -> Files.createDirectories(folder.resolve("routes"));
            case CAPTURE, DRIP -> places.root().resolve("routes");
            case RECEIVE -> GitHub.routes(Files.createDirectories(folder.resolve("routes")));
        };
    }

    private Running subscribed(Instance instance, int adminPort, String label)
            throws IOException, InterruptedException {
        Optional<DrippingServer> dripping = Optional.empty();
        try {
            Backend sink = Backend.start(places, label + "-subscriber", 1);
            if (use == Use.DRIP) dripping = Optional.of(DrippingServer.start());
            Instance complete =
                    new Instance(use, instance.child, instance.port, instance.folder, Optional.of(sink), dripping);
            subscribe(complete, adminPort, sink.url().resolve("/sink"));
            if (dripping.isPresent())
                subscribe(complete, adminPort, dripping.get().url());
            return complete;
        } catch (IOException e) {
            instance.close();
            throw e;
        }
    }

    private static void subscribe(Instance instance, int adminPort, URI sink) throws IOException {
        String key = Files.readString(instance.folder.resolve("data/admin.key")).strip();
        URI api = URI.create("http://127.0.0.1:" + adminPort + "/api/subscriptions");
        Http.post(api, key, "{\"sink\":\"" + sink + "\",\"protocol\":\"HTTP\"}");
    }

    private record Instance(
            Use use, Child child, int port, Path folder, Optional<Backend> sink, Optional<DrippingServer> dripping)
            implements Running {

        @Override
        public URI url() {
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public Optional<URI> receives() {
            return use == Use.RECEIVE ? Optional.of(url().resolve(GitHub.PATH)) : Optional.empty();
        }

        @Override
        public Duration processorTime() {
            return child.processorTime();
        }

        @Override
        public OptionalLong delivered() throws IOException {
            return sink.isPresent() ? OptionalLong.of(sink.get().served()) : OptionalLong.empty();
        }

        @Override
        public void close() throws IOException {
            child.close();
            sink.ifPresent(Backend::close);
            if (dripping.isPresent()) dripping.get().close();
            Places.delete(folder.resolve("data"));
        }
    }
}

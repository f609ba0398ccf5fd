package io.eventful.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts nginx with one of the configurations of {@code bench/nginx}. */
final class Nginx {

    private Nginx() {}

    static Child start(Places places, String configuration, String name, int port, Map<String, String> values)
            throws IOException, InterruptedException {
        Path folder = places.fresh(name);
        String text = Files.readString(places.bench().resolve("nginx").resolve(configuration + ".conf"))
                .replace("@PORT@", String.valueOf(port));
        for (Map.Entry<String, String> value : values.entrySet())
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        List<String> command = List.of(
                places.nginx().orElseThrow().toString(), "-p", folder + "/", "-c", file.toString(), "-e", "stderr");
        return Child.start(folder, folder.resolve("log"), command).awaitPort(port);
    }
}

package io.eventful.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Style sheet and scripts of the console, from the jar. */
@Controller
final class ConsoleAssets implements ConsolePage {

    private record Asset(String place, String type) {}

    private static final Map<String, Asset> ASSETS = Map.of(
            "console.css", new Asset("/console/console.css", "text/css;charset=UTF-8"),
            "console.js", new Asset("/console/console.js", "text/javascript;charset=UTF-8"),
            "htmx.js",
                    new Asset(
                            "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js",
                            "text/javascript;charset=UTF-8"));

    @GetMapping("/console/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name) {
        Asset asset = ASSETS.get(name);
        if (asset == null) throw new ApiProblem(404, "Not found", "The console has no such file.");
        try (InputStream in = Objects.requireNonNull(ConsoleAssets.class.getResourceAsStream(asset.place()), name)) {
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noCache())
                    .contentType(MediaType.parseMediaType(asset.type()))
                    .body(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

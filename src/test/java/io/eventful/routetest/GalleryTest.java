package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that is shipped beside a route file, and that every route file has one. */
class GalleryTest {

    @RouteTests("routes")
    void routes() {}

    @Test
    void everyShippedRouteFileHasTestsAndAParagraph() throws IOException {
        String page = Files.readString(Path.of("docs/gallery.md"));
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            List<Path> routes = all.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.toString().endsWith(".test.yaml"))
                    .toList();
            assertThat(routes).hasSizeGreaterThan(12);
            for (Path route : routes) {
                assertThat(Path.of(route.toString().replace(".yaml", ".test.yaml")))
                        .exists();
                assertThat(Files.readString(route)).startsWith("# ");
                String test = route.toString().replace(".yaml", ".test.yaml");
                assertThat(page).contains("[Route](../" + route + "), [test](../" + test + ").\n");
            }
        }
    }
}

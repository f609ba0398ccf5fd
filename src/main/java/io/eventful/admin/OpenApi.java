package io.eventful.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI 3.1 description of the admin API. It is written by hand in {@code admin/openapi.yaml}; tests compare it with
 * the controllers and with their real responses.
 */
final class OpenApi {

    private static final String SOURCE = "/admin/openapi.yaml";

    private static final JsonMapper JSON = new JsonMapper();

    private OpenApi() {}

    /** The document as JSON. Read for each request instead of cached, because it is requested rarely. */
    static byte[] document(String version) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (InputStream source = Objects.requireNonNull(OpenApi.class.getResourceAsStream(SOURCE), SOURCE)) {
            Map<String, Object> document = new LinkedHashMap<>(yaml.<Map<String, Object>>load(source));
            document.computeIfPresent("info", (name, info) -> versioned((Map<?, ?>) info, version));
            return JSON.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Object, Object> versioned(Map<?, ?> info, String version) {
        Map<Object, Object> versioned = new LinkedHashMap<>(info);
        versioned.put("version", version);
        return versioned;
    }
}

package io.eventful.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as GitHub sends them: the item as payload, signed, each delivery with an id of its own. */
final class GitHub {

    static final String PATH = "/hooks/github";

    private static final String SECRET = "bench-secret";

    private GitHub() {}

    /** The folder, with the route that receives them and publishes each as an event for the subscribers. */
    static Path routes(Path folder) throws IOException {
        Files.writeString(folder.resolve("github.yaml"), """
            - route:
                id: github
                from:
                  uri: webhook-in:%s
                  parameters:
                    provider: github
                    secret: %s
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "channel:events"}
            - route:
                id: subscribers
                from:
                  uri: channel:events
                  steps:
                    - to: {uri: "subscribers:events"}
            """.formatted(PATH, SECRET));
        return folder;
    }

    /** The fields of each delivery; one that ends with a colon gets a new value every time. */
    static List<String> fields() {
        return List.of("X-GitHub-Event: push", "X-Hub-Signature-256: sha256=" + signature(), "X-GitHub-Delivery:");
    }

    private static String signature() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(Item.request().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.harness.JsonServer;
import io.eventful.subscription.Subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Asymmetric signatures, which the official libraries do not verify yet, checked by another implementation of Ed25519. */
class JavaScriptVerifiesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant TIME = Instant.ofEpochSecond(1614265330);
    private static final String SHARED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void nodeVerifiesWhatIsSignedAndNothingElse() throws Exception {
        assumeTrue(JsonServer.available(), "node is not installed");
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] publicKey = tail(pair.getPublic().getEncoded());
            String secret = "whsk_"
                    + Base64.getEncoder()
                            .encodeToString(joined(tail(pair.getPrivate().getEncoded()), publicKey));
            byte[] body = new byte[random.nextInt(2000)];
            random.nextBytes(body);
            String signatures = new Signer()
                    .sign(
                            "msg_" + i,
                            TIME,
                            body,
                            List.of(new Secret(SHARED, Instant.MAX), new Secret(secret, Instant.MAX)));
            byte[] shown = i % 2 == 0 ? body : joined(body, new byte[] {1});
            lines.add(JSON.writeValueAsString(Map.of(
                    "id",
                    "msg_" + i,
                    "timestamp",
                    Long.toString(TIME.getEpochSecond()),
                    "body",
                    Base64.getEncoder().encodeToString(shown),
                    "signatures",
                    signatures,
                    "key",
                    "whpk_" + Base64.getEncoder().encodeToString(publicKey))));
        }
        Process node = new ProcessBuilder(
                        "node", Path.of("src/test/resources/event/verify.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = node.getOutputStream()) {
            input.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        List<String> verdicts = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) Collections.addAll(expected, "true", "false");
        assertThat(verdicts).isEqualTo(expected);
    }
}

package io.eventful.receive;

import io.eventful.edge.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Verifies as the gateway would, and the standard's own example. */
final class Verifications {

    private Verifications() {}

    static final Instant STANDARD_TIME = Instant.ofEpochSecond(1614265330);
    static final String STANDARD_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    static final String STANDARD_BODY = "{\"test\": 2432232314}";
    static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String STANDARD_PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    static final String V1A =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    static Verifier verifier(String provider, String secret, String... more) {
        Map<String, String> options = new HashMap<>(Map.of("provider", provider, "secret", secret));
        for (int i = 0; i < more.length; i += 2) options.put(more[i], more[i + 1]);
        return Providers.of(ReceiveOptions.parse(options), 10).verifier();
    }

    static Fields fields(String... pairs) {
        Fields fields = Fields.NONE;
        for (int i = 0; i < pairs.length; i += 2) fields = fields.and(pairs[i], pairs[i + 1]);
        return fields;
    }

    static boolean passes(Verifier verifier, String body, Instant now, String... fields) {
        return verifier.verify(fields(fields), Senders.utf8(body), now) instanceof Verdict.Genuine;
    }

    static boolean standard(String secret, String signature, Instant now) {
        return passes(
                verifier("standard-webhooks", secret),
                STANDARD_BODY,
                now,
                "Webhook-Id",
                STANDARD_ID,
                "Webhook-Timestamp",
                "1614265330",
                "Webhook-Signature",
                signature);
    }
}

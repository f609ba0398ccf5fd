package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.eventful.subscription.Subscription.Secret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant TIME = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    private static Secret secret(String text) {
        return new Secret(text, Instant.MAX);
    }

    @Test
    void thePublishedVectorIsMet() {
        assertThat(new Signer().sign("msg_p5jXN8AQM9LWM0D4loKWxJek", TIME, BODY, List.of(secret(KEY))))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void thePublishedVectorOfEd25519IsMetBesideTheSharedOne() {
        String key = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
        assertThat(new Signer().sign("msg_p5jXN8AQM9LWM0D4loKWxJek", TIME, BODY, List.of(secret(KEY), secret(key))))
                .isEqualTo(
                        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= "
                                + "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
        assertThatThrownBy(() -> new Signer().sign("m", TIME, BODY, List.of(secret("whsk_c2hvcnQ="))))
                .isInstanceOf(SigningException.class)
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void everyLiveSecretSignsAndAnExpiredOneDoesNot() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        Secret old = new Secret(other, TIME.plusSeconds(1));
        Secret expired = new Secret(other, TIME);
        assertThat(new Signer().sign("m", TIME, BODY, List.of(secret(KEY), old)).split(" "))
                .hasSize(2);
        assertThat(new Signer()
                        .sign("m", TIME, BODY, List.of(secret(KEY), expired))
                        .split(" "))
                .hasSize(1);
    }

    @Test
    void withoutALiveSecretNothingIsSigned() {
        assertThatThrownBy(() -> new Signer().sign("m", TIME, BODY, List.of())).isInstanceOf(SigningException.class);
        assertThatThrownBy(() -> new Signer().sign("m", TIME, BODY, List.of(secret("whsec_not base64!"))))
                .isInstanceOf(SigningException.class)
                .hasMessageNotContaining("base64!");
    }

    @Property(tries = 200)
    void theOfficialLibraryVerifiesWhateverIsSigned(
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String id,
            @ForAll @StringLength(max = 300) String text,
            @ForAll @Size(min = 24, max = 64) byte[] key)
            throws Exception {
        // The library takes the body as text, so only bodies that are text come through it unchanged.
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String same = new String(body, StandardCharsets.UTF_8);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
        Instant now = Instant.now();
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                "webhook-signature", List.of(new Signer().sign(id, now, body, List.of(secret(KEY), secret(secret)))));
        new Webhook(secret).verify(same, HttpHeaders.of(headers, (name, value) -> true));
        new Webhook(KEY).verify(same, HttpHeaders.of(headers, (name, value) -> true));
    }
}

package io.eventful.receive;

import static io.eventful.receive.Verifications.fields;
import static io.eventful.receive.Verifications.passes;
import static io.eventful.receive.Verifications.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What must pass and what must never pass, sender by sender; {@link StandardWebhooksVerifierTest} has the standard. */
class VerifiersTest {

    @Test
    void stripesSchemeTakesOneOfSeveralSignaturesAndNoOldVersion() {
        Instant now = Instant.ofEpochSecond(1492774577);
        String body = "{\"id\":\"evt_1\",\"object\":\"event\"}";
        Verifier stripe = verifier("stripe", "whsec_test_secret", "secret2", "whsec_next");
        String right = Senders.hex("whsec_test_secret", "1492774577." + body);
        String next = Senders.hex("whsec_next", "1492774577." + body);
        String wrong = "0".repeat(64);
        String header = "Stripe-Signature";

        assertThat(passes(stripe, body, now, header, "t=1492774577,v1=" + right))
                .isTrue();
        assertThat(passes(stripe, body, now, header, "t=1492774577,v1=" + wrong + ",v1=" + next))
                .isTrue();
        assertThat(passes(stripe, body, now, header, "t=1492774577,v0=" + right))
                .isFalse();
        assertThat(passes(stripe, body, now, header, "t=1492774577,v1=" + wrong))
                .isFalse();
        assertThat(passes(stripe, body, now, header, "v1=" + right)).isFalse();
        assertThat(passes(stripe, body, now, header, "t=1492774578,v1=" + right))
                .isFalse();
        assertThat(passes(stripe, body + ' ', now, header, "t=1492774577,v1=" + right))
                .isFalse();
        assertThat(passes(stripe, body, now.plusSeconds(301), header, "t=1492774577,v1=" + right))
                .isFalse();
        // Two times: the signed one is the first, so a second one cannot move the window.
        assertThat(passes(stripe, body, now.plusSeconds(900), header, "t=1492774577,t=1492775477,v1=" + right))
                .isFalse();
    }

    @Test
    void shopifySignsWithBase64() {
        Verifier shopify = verifier("shopify", "hush");
        String body = "{\"id\":1}";
        String[] fields = Senders.shopify("hush", "orders/create", "b1", body);
        assertThat(passes(shopify, body, Instant.EPOCH, fields)).isTrue();
        assertThat(passes(shopify, body + '\n', Instant.EPOCH, fields)).isFalse();
        assertThat(passes(shopify, body, Instant.EPOCH, "X-Shopify-Hmac-SHA256", Senders.hex("hush", body)))
                .isFalse();
    }

    @Test
    void gitLabsTokenAndSigningTokenAreKeptApart() {
        String signing = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String body = "{\"object_kind\":\"push\"}";
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Verifier token = verifier("gitlab", "plain-token");
        Verifier signed = verifier("gitlab", signing);
        Verifier moving = verifier("gitlab", "plain-token", "secret2", signing);

        assertThat(passes(token, body, now, "X-Gitlab-Token", "plain-token")).isTrue();
        assertThat(passes(token, body, now, "X-Gitlab-Token", "plain-toke")).isFalse();
        assertThat(passes(token, body, now, "X-Gitlab-Token", "")).isFalse();
        assertThat(passes(signed, body, now, "X-Gitlab-Token", signing)).isFalse();
        assertThat(passes(signed, body, now, Senders.standard(signing, "m1", now, body)))
                .isTrue();
        assertThat(passes(moving, body, now, Senders.standard(signing, "m1", now, body)))
                .isTrue();
        assertThat(passes(moving, body, now, "X-Gitlab-Token", "plain-token")).isTrue();
        assertThat(passes(moving, body, now, "X-Gitlab-Token", "other")).isFalse();
    }

    @Test
    void anHmacSenderIsDescribedByItsOptions() {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        String body = "{\"a\":1}";
        Verifier verifier = verifier(
                "hmac", "k",
                "header", "X-Sign",
                "algorithm", "sha512",
                "encoding", "base64url",
                "prefix", "s=",
                "signed", "{header:X-Time}\n{body}",
                "timestamp", "X-Time",
                "tolerance", "10s");
        byte[] digest = Senders.hmac("HmacSHA512", Senders.utf8("k"), Senders.utf8("1700000000\n" + body));
        String signature = "s=" + Base64.getUrlEncoder().encodeToString(digest);
        assertThat(passes(verifier, body, now.plusSeconds(10), "X-Sign", signature, "X-Time", "1700000000"))
                .isTrue();
        assertThat(passes(verifier, body, now.plusSeconds(11), "X-Sign", signature, "X-Time", "1700000000"))
                .isFalse();
        assertThat(passes(verifier, body, now, "X-Sign", signature, "X-Time", "1700000001"))
                .isFalse();
        assertThat(passes(verifier, body, now, "X-Sign", signature.substring(2), "X-Time", "1700000000"))
                .isFalse();
        assertThat(passes(verifier, body, now, "X-Sign", signature)).isFalse();
    }

    @Test
    void basicAndBearerAreComparedAsAWhole() {
        Verifier basic = verifier("basic", "Aladdin:open sesame", "secret2", "Aladdin:ümlaut");
        Verifier bearer = verifier("bearer", "mF_9.B5f-4.1JqM");
        String umlaut = Base64.getEncoder().encodeToString("Aladdin:ümlaut".getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.EPOCH;
        // RFC 7617 section 2, RFC 6750 section 2.1.
        assertThat(passes(basic, "", now, "Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="))
                .isTrue();
        assertThat(passes(basic, "", now, "Authorization", "basic " + umlaut)).isTrue();
        assertThat(passes(basic, "", now, "Authorization", "Basic QWxhZGRpbjo="))
                .isFalse();
        assertThat(passes(basic, "", now, "Authorization", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=="))
                .isFalse();
        assertThat(passes(bearer, "", now, "Authorization", "Bearer mF_9.B5f-4.1JqM"))
                .isTrue();
        assertThat(passes(bearer, "", now, "Authorization", "Bearer mF_9.B5f-4.1JqM."))
                .isFalse();
        assertThat(passes(bearer, "", now, "Authorization", "Bearer")).isFalse();
        assertThat(passes(bearer, "", now)).isFalse();
        assertThat(passes(bearer, "", now, "Authorization", "Bearer x", "Authorization", "Bearer mF_9.B5f-4.1JqM"))
                .isFalse();
    }

    @Property(tries = 200)
    void anyBytesPassWhenSignedAndNeverWhenOneBitDiffers(@ForAll @Size(max = 200) byte[] body, @ForAll int bit) {
        String signature = "sha256=" + HexFormat.of().formatHex(Senders.hmac("HmacSHA256", Senders.utf8("s"), body));
        Verifier github = verifier("github", "s");
        Fields fields = fields("X-Hub-Signature-256", signature);
        assertThat(github.verify(fields, body, Instant.EPOCH)).isInstanceOf(Verdict.Genuine.class);
        if (body.length == 0) return;
        byte[] other = body.clone();
        other[Math.floorMod(bit, body.length)] ^= (byte) (1 << Math.floorMod(bit, 8));
        assertThat(github.verify(fields, other, Instant.EPOCH)).isInstanceOf(Verdict.Refused.class);
    }
}

package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.eventful.edge.Fields;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must pass and what must never pass, sender by sender. */
class VerifiersTest {

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

    private static Fields fields(String... pairs) {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1,",
                "v1",
                ",",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,%%%",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void theStandardsOtherSignaturesDoNot(String signature) {
        assertThat(standard(STANDARD_SECRET, signature, STANDARD_TIME)).isFalse();
        assertThat(standard(STANDARD_PUBLIC, signature, STANDARD_TIME)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-301,false", "-300,true", "0,true", "300,true", "301,false"})
    void theStandardsWindowIsFiveMinutesOnEachSide(int seconds, boolean passes) {
        assertThat(standard(STANDARD_SECRET, V1, STANDARD_TIME.plusSeconds(seconds)))
                .isEqualTo(passes);
    }

    @Test
    void aSymmetricSignatureNeverPassesForAPublicKeyNorTheOtherWayRound() {
        assertThat(standard(STANDARD_PUBLIC, V1, STANDARD_TIME)).isFalse();
        assertThat(standard(STANDARD_SECRET, V1A, STANDARD_TIME)).isFalse();
        // Keyed with the public key's octets, which everybody knows.
        byte[] known = Base64.getDecoder().decode(STANDARD_PUBLIC.substring(5));
        String forged = Senders.base64(known, STANDARD_ID + ".1614265330." + STANDARD_BODY);
        assertThat(standard(STANDARD_PUBLIC, "v1," + forged, STANDARD_TIME)).isFalse();
    }

    @Test
    void whatTheStandardsJavaLibrarySignsPasses() throws Exception {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        String signature = new Webhook(STANDARD_SECRET).sign("msg_1", now.getEpochSecond(), STANDARD_BODY);
        assertThat(passes(
                        verifier("standard-webhooks", STANDARD_SECRET),
                        STANDARD_BODY,
                        now,
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        "1700000000",
                        "webhook-signature",
                        signature))
                .isTrue();
    }

    @Test
    void bothLiveSecretsPassAlsoOfDifferentKinds() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] der = pair.getPublic().getEncoded();
        String publicKey =
                "whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(der, der.length - 32, der.length));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(Senders.utf8(STANDARD_ID + ".1614265330." + STANDARD_BODY));
        String asymmetric = "v1a," + Base64.getEncoder().encodeToString(signer.sign());
        Verifier both = verifier("standard-webhooks", STANDARD_SECRET, "secret2", publicKey);

        for (String signature : new String[] {V1, asymmetric, "v1,AAAA " + asymmetric})
            assertThat(passes(
                            both,
                            STANDARD_BODY,
                            STANDARD_TIME,
                            "webhook-id",
                            STANDARD_ID,
                            "webhook-timestamp",
                            "1614265330",
                            "webhook-signature",
                            signature))
                    .isTrue();
    }

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

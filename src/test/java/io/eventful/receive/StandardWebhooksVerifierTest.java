package io.eventful.receive;

import static io.eventful.receive.Verifications.STANDARD_BODY;
import static io.eventful.receive.Verifications.STANDARD_ID;
import static io.eventful.receive.Verifications.STANDARD_PUBLIC;
import static io.eventful.receive.Verifications.STANDARD_SECRET;
import static io.eventful.receive.Verifications.STANDARD_TIME;
import static io.eventful.receive.Verifications.V1;
import static io.eventful.receive.Verifications.V1A;
import static io.eventful.receive.Verifications.passes;
import static io.eventful.receive.Verifications.standard;
import static io.eventful.receive.Verifications.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must pass and what must never pass as a message of Standard Webhooks. */
class StandardWebhooksVerifierTest {

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
    void anAsymmetricSignatureIsOfItsKeyAndItsBytesAlone() throws Exception {
        assertThat(standard(STANDARD_PUBLIC, V1A, STANDARD_TIME)).isTrue();
        byte[] genuine = Base64.getDecoder().decode(V1A.substring(4));
        for (int at : new int[] {0, 31, 32, 63}) {
            byte[] flipped = genuine.clone();
            flipped[at] ^= 1;
            assertThat(standard(STANDARD_PUBLIC, v1a(flipped), STANDARD_TIME))
                    .as("octet %d", at)
                    .isFalse();
        }
        assertThat(standard(STANDARD_PUBLIC, v1a(new byte[64]), STANDARD_TIME)).isFalse();
        assertThat(standard(STANDARD_PUBLIC, v1a(Arrays.copyOf(genuine, 63)), STANDARD_TIME))
                .isFalse();

        Signature stranger = Signature.getInstance("Ed25519");
        stranger.initSign(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        stranger.update(Senders.utf8(STANDARD_ID + ".1614265330." + STANDARD_BODY));
        assertThat(standard(STANDARD_PUBLIC, v1a(stranger.sign()), STANDARD_TIME))
                .isFalse();
        assertThat(passes(
                        verifier("standard-webhooks", STANDARD_PUBLIC),
                        STANDARD_BODY + " ",
                        STANDARD_TIME,
                        "webhook-id",
                        STANDARD_ID,
                        "webhook-timestamp",
                        "1614265330",
                        "webhook-signature",
                        V1A))
                .isFalse();
    }

    private static String v1a(byte[] signature) {
        return "v1a," + Base64.getEncoder().encodeToString(signature);
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
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.subscription.Subscription.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which schemes sign, and what of their keys is seen from outside. */
class SignaturesTest extends RegistryFixture {

    private static SubscriptionRequest with(String schemes) {
        return Samples.request("'config':{'signatures':" + schemes + "}");
    }

    private JsonNode keys(String subscription) throws Exception {
        Clock clock = Clock.fixed(registry.now, ZoneOffset.UTC);
        return new ObjectMapper()
                .readTree(new PublicKeys(registry.subscriptions, clock).document(subscription))
                .path("keys");
    }

    @Test
    void bothSchemesSignSideBySideAndThePrivateKeyIsNeverShown() throws Exception {
        Subscription made = registry.subscriptions.create(with("['v1a','v1']"));
        assertThat(made.signing()).extracting(Secret::scheme).containsExactly(SignatureScheme.V1, SignatureScheme.V1A);
        var shown = SubscriptionDocuments.withSecret(made, new Progress.Position(0, 0), NameStyle.CAMEL);
        assertThat(shown.at("/config/secret").textValue()).startsWith("whsec_");
        assertThat(shown.at("/config/signatures")).hasSize(2);
        String key = shown.at("/config/publicKey").textValue();
        assertThat(key).startsWith("whpk_");
        assertThat(shown.toString()).doesNotContain("whsk_");
        registry.reopen();
        assertThat(keys(made.id())).singleElement().satisfies(jwk -> {
            assertThat(jwk.path("crv").textValue()).isEqualTo("Ed25519");
            assertThat(Base64.getUrlDecoder().decode(jwk.path("x").textValue()))
                    .isEqualTo(Base64.getDecoder().decode(key.substring("whpk_".length())));
        });
    }

    @Test
    void aRotationReplacesTheKeysOfEverySchemeAndTheOldOnesStayInTheKeySetWhileTheySign() throws Exception {
        Subscription made = registry.subscriptions.create(with("['v1','v1a']"));
        registry.subscriptions.create(with("'v1'"));
        Subscription rotated = registry.subscriptions.rotate(made.id()).orElseThrow();
        assertThat(rotated.signing())
                .extracting(Secret::scheme)
                .containsExactly(SignatureScheme.V1, SignatureScheme.V1A, SignatureScheme.V1, SignatureScheme.V1A);
        assertThat(keys(null)).hasSize(2);
        assertThat(keys("sub_none")).isEmpty();
        registry.now = registry.now.plus(Duration.ofHours(24));
        assertThat(keys(null)).hasSize(1);
    }

    @Test
    void rotationsKeepABoundedNumberOfOldKeys() {
        Subscription made = registry.subscriptions.create(with("['v1','v1a']"));
        for (int i = 0; i < 30; i++) registry.subscriptions.rotate(made.id());
        assertThat(registry.subscriptions.find(made.id()).orElseThrow().secrets())
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void aSchemeAddedLaterGetsAKeyAndOneThatIsLeftOutSignsNoMore() {
        Subscription made = registry.subscriptions.create(with("'v1'"));
        Subscription both =
                registry.subscriptions.replace(made.id(), with("['v1','v1a']")).orElseThrow();
        assertThat(both.current(SignatureScheme.V1)).isEqualTo(made.current(SignatureScheme.V1));
        assertThat(both.signing()).hasSize(2);
        Subscription asymmetric =
                registry.subscriptions.replace(made.id(), with("['v1a']")).orElseThrow();
        assertThat(asymmetric.signing()).extracting(Secret::scheme).containsExactly(SignatureScheme.V1A);
        var shown = SubscriptionDocuments.withSecret(asymmetric, new Progress.Position(0, 0), NameStyle.LOWER);
        assertThat(shown.at("/config").has("secret")).isFalse();
    }

    /** Whoever gave a scheme up may have done so because others know its secret. */
    @Test
    void aSchemeThatComesBackGetsANewSecretWhichIsShownOnce() {
        Subscription made = registry.subscriptions.create(with("'v1'"));
        String first = made.secrets().getFirst().text();
        Subscription without = change(made, "['v1a']");
        registry.now = registry.now.plus(Duration.ofHours(23));
        Subscription early = change(without, "['v1','v1a']");
        String second = shown(without, early);
        assertThat(second).startsWith("whsec_").isNotEqualTo(first);
        // The receiver may still have the first one, as after a rotation.
        assertThat(early.signing()).extracting(Secret::text).contains(first, second);
        change(early, "['v1a']");
        registry.reopen();
        registry.now = registry.now.plus(Duration.ofHours(24));
        Subscription again = registry.subscriptions.find(made.id()).orElseThrow();
        Subscription late = change(again, "['v1','v1a']");
        assertThat(shown(again, late)).startsWith("whsec_").isNotIn(first, second);
        assertThat(late.secrets()).extracting(Secret::text).doesNotContain(first, second);
    }

    @Test
    void aChangeOfSchemesShowsNoSecretThatWasShownBefore() {
        Subscription made = registry.subscriptions.create(with("['v1','v1a']"));
        Subscription changed = change(made, "['v1']");
        assertThat(shown(made, changed)).isEmpty();
        registry.now = registry.now.plus(Duration.ofHours(24));
        assertThat(shown(changed, change(changed, "['v1']"))).isEmpty();
        for (int i = 0; i < 30; i++) changed = change(change(changed, "['v1a']"), "['v1','v1a']");
        assertThat(changed.secrets()).hasSize(12);
    }

    /** Earlier versions kept the secrets of schemes that nobody asked for any more. */
    @Test
    void aSecretThatOutlivedItsSchemeIsNotUsedAgain() {
        Subscription made = registry.subscriptions.create(with("['v1','v1a']"));
        Subscription left = made.with(with("['v1a']"));
        Secrets secrets = new Secrets(
                new Identifiers(Clock.fixed(registry.now, ZoneOffset.UTC), new java.security.SecureRandom()),
                Clock.fixed(registry.now, ZoneOffset.UTC),
                Duration.ofHours(24));
        assertThat(secrets.changed(left, with("['v1','v1a']")))
                .hasSize(2)
                .doesNotContain(made.current(SignatureScheme.V1).orElseThrow())
                .contains(made.current(SignatureScheme.V1A).orElseThrow());
    }

    private Subscription change(Subscription subscription, String schemes) {
        return registry.subscriptions.replace(subscription.id(), with(schemes)).orElseThrow();
    }

    private static String shown(Subscription before, Subscription after) {
        return SubscriptionDocuments.changed(before, after, new Progress.Position(0, 0), NameStyle.LOWER)
                .at("/config/secret")
                .asText();
    }

    @Test
    void unknownSchemesAndNamesInUseAreRefused() {
        for (String schemes : List.of("[]", "['v2']", "['v1','v1']", "7", "['v1',null]"))
            assertThatThrownBy(() -> with(schemes)).hasMessageContaining("/config/signatures");
        Subscription named = registry.subscriptions.create(Samples.request("'config':{'name':'crm'}"));
        assertThatThrownBy(() -> registry.subscriptions.create(Samples.request("'config':{'name':'crm'}")))
                .isInstanceOf(InvalidSubscriptionException.class)
                .hasMessage("/config/name: is already the name of " + named.id());
        registry.subscriptions.replace(named.id(), Samples.request("'config':{'name':'other'}"));
        registry.subscriptions.create(Samples.request("'config':{'name':'crm'}"));
        assertThat(registry.subscriptions.list("", 10)).hasSize(2);
    }
}

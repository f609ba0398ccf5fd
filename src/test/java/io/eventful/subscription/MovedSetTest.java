package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.TestStores;
import io.eventful.subscription.SubscriptionSets.Item;
import io.eventful.subscription.SubscriptionSets.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that an export takes into another store. */
class MovedSetTest {

    private static final String CREDENTIAL =
            "'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'}";
    private static final Status MISSING = new Status(Status.State.PAUSED, "credential-missing");

    @TempDir
    Path folder;

    private Registry from;
    private Registry to;

    @BeforeEach
    void open() throws Exception {
        from = registry("from");
        to = registry("to");
    }

    private Registry registry(String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        Registry registry = new Registry(() -> TestStores.sqlite(own), own);
        registry.open();
        return registry;
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    private static SubscriptionSets sets(Registry registry) {
        return new SubscriptionSets(registry.subscriptions, Samples.requests());
    }

    private Subscription moved(String name) {
        return to.subscriptions.named(name).orElseThrow();
    }

    private Subscription make(String name, String members) {
        return from.subscriptions.create(
                Samples.request("'config':{'name':'" + name + "'}" + (members.isEmpty() ? "" : "," + members)));
    }

    private void status(Subscription subscription, Status.State state, String reason) {
        from.subscriptions.status(subscription.id(), new Status(state, reason));
    }

    @Test
    void whatIsPausedOrDisabledStaysSo() {
        make("active", "");
        status(make("paused", ""), Status.State.PAUSED, "paused-by-owner");
        status(make("gone", ""), Status.State.DISABLED, "gone");
        String exported = sets(from).export();
        sets(to).load(exported);
        assertThat(moved("active").status()).isEqualTo(Status.ACTIVE);
        assertThat(moved("paused").status()).isEqualTo(Status.PAUSED);
        assertThat(moved("gone").status()).isEqualTo(new Status(Status.State.DISABLED, "gone"));

        // What has become of them since is not undone by a repeat.
        to.subscriptions.status(moved("paused").id(), Status.ACTIVE);
        assertThat(sets(to).load(exported)).extracting(Item::result).containsOnly(Result.UNCHANGED);
        assertThat(moved("paused").status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void oneThatHasHadItsLastEventGetsNoMore() {
        Subscription spent = from.subscriptions.create(Samples.request("'config':{'name':'spent','maxevents':1}"));
        status(spent, Status.State.DISABLED, "max-events");
        sets(to).load(sets(from).export());
        to.reopen();
        assertThat(moved("spent").status().reason()).isEqualTo("max-events");
        assertThat(to.subscriptions.matching("customers", Samples.event("a", "/x/1", 101, "{}")))
                .isEmpty();
    }

    @Test
    void aSecretThatIsMissingHoldsItsSubscriptionUntilItIsGiven() {
        make("plain", CREDENTIAL);
        make("open", "");
        String exported = sets(from).export();
        List<Item> items = sets(to).load(exported);
        assertThat(items).extracting(Item::result).containsOnly(Result.CREATED);
        assertThat(items).extracting(Item::lacking).containsExactly(List.of("secret"), List.of());
        assertThat(moved("open").status()).isEqualTo(Status.ACTIVE);
        assertThat(moved("plain").status()).isEqualTo(MISSING);

        to.reopen();
        assertThat(sets(to).load(exported))
                .extracting(Item::result, Item::lacking)
                .contains(org.assertj.core.groups.Tuple.tuple(Result.UNCHANGED, List.of("secret")));
        assertThat(sets(to).export()).doesNotContain("paused");
        String id = moved("plain").id();
        assertThat(to.subscriptions.status(id, Status.ACTIVE).orElseThrow().status())
                .isEqualTo(MISSING);
        assertThat(to.subscriptions
                        .replace(id, moved("plain").request())
                        .orElseThrow()
                        .status())
                .isEqualTo(MISSING);

        String complete = exported.replace("identifier: \"bob\"", "identifier: bob\n      secret: hunter2");
        assertThat(sets(to).load(complete)).extracting(Item::lacking).containsOnly(List.of());
        assertThat(moved("plain").status()).isEqualTo(Status.ACTIVE);
        // From now on it is kept, and goes to nobody else.
        assertThat(sets(to).load(exported)).extracting(Item::result).containsOnly(Result.UNCHANGED);
        assertThatThrownBy(() -> sets(to).load(exported.replace("example.com", "other.example")))
                .hasMessageContaining("/subscriptions/plain/sinkcredential/secret");
    }

    @Test
    void everyTypeOfCredentialTellsWhatItLacks() {
        sets(to).load("""
            subscriptions:
              bearer: {sink: https://a.example/, sinkcredential: {credentialtype: ACCESSTOKEN}}
              oauth:
                sink: https://a.example/
                sinkcredential: {credentialtype: OAUTH2, tokenurl: https://b.example/, clientid: me}
              refresh:
                sink: https://a.example/
                sinkCredential: {credentialType: REFRESHTOKEN, refreshTokenEndpoint: https://b.example/, clientId: me}
              mutual: {sink: https://a.example/, sinkcredential: {credentialtype: CERTIFICATE, certificate: PEM}}
            """);
        assertThat(to.subscriptions.list("", 10))
                .allSatisfy(each -> assertThat(each.status()).isEqualTo(MISSING))
                .extracting(each -> each.request().lacking())
                .containsExactly(
                        List.of("accesstoken"),
                        List.of("clientsecret"),
                        List.of("accesstoken", "refreshtoken"),
                        List.of("privatekey"));
    }

    @Test
    void aPausedOneWithoutItsSecretStaysPausedWhenThatIsGiven() {
        status(make("plain", CREDENTIAL), Status.State.PAUSED, "paused-by-owner");
        String exported = sets(from).export();
        sets(to).load(exported);
        sets(to).load(exported.replace("identifier: \"bob\"", "identifier: bob\n      secret: hunter2"));
        assertThat(moved("plain").status()).isEqualTo(Status.PAUSED);
    }

    @Test
    void aFileThatDeclaresNeedsItsSecretsAndMayBeginPaused() {
        String faulty = """
            subscriptions:
              a: {sink: https://a.example/, sinkcredential: {credentialtype: PLAIN, identifier: bob}}
              b: {sink: https://a.example/, status: pausd}
            """;
        assertThatThrownBy(() -> sets(to).declare(faulty))
                .hasMessageContaining("/subscriptions/a/sinkcredential/secret")
                .hasMessageContaining("/subscriptions/b/status");
        sets(to).declare("subscriptions: {a: {sink: https://a.example/, status: paused}}");
        assertThat(moved("a").status()).isEqualTo(Status.PAUSED);
    }

    @Test
    void anImportRefusesTheVariablesOfADeclaration() {
        String text = """
            subscriptions:
              a: {sink: https://a.example/, sinkcredential: {credentialtype: ACCESSTOKEN, accesstoken: '${env:NO_SUCH}'}}
            """;
        assertThatThrownBy(() -> sets(to).load(text))
                .hasMessageContaining("/subscriptions/a/sinkcredential/accesstoken: refers to an environment variable")
                .hasMessageNotContaining("not set");
        // One place has one problem.
        assertThatThrownBy(() -> sets(to).declare(text))
                .hasMessageContaining("is not set")
                .hasMessageNotContaining("only");
    }
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.TestStores;
import io.eventful.subscription.SubscriptionSets.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionSetsTest {

    private static final String TWO = """
        subscriptions:
          crm:
            sink: https://example.com/crm
            types: [customer.created]
            filters: [{prefix: {subject: /customers/}}]
            sinkcredential: {credentialtype: PLAIN, identifier: bob, secret: hunter2}
            config: {labels: {team: crm}, ratelimit: 5}
          audit:
            sink: https://example.com/audit
        """;

    @TempDir
    Path folder;

    private Registry registry;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void open() {
        registry = new Registry(() -> TestStores.sqlite(folder), folder);
        registry.open();
    }

    @AfterEach
    void close() {
        registry.close();
        timer.shutdownNow();
    }

    private SubscriptionSets sets() {
        return new SubscriptionSets(registry.subscriptions, Samples.requests());
    }

    private static List<Result> results(List<SubscriptionSets.Item> items) {
        return items.stream().map(SubscriptionSets.Item::result).toList();
    }

    @Test
    void anImportIsIdempotentAndAnExportComesBackUnchangedWithoutSecrets() {
        List<SubscriptionSets.Item> made = sets().load(TWO);
        assertThat(results(made)).containsOnly(Result.CREATED).hasSize(2);
        assertThat(made).allSatisfy(item -> assertThat(item.secret()).startsWith("whsec_"));
        assertThat(made.toString()).doesNotContain("whsec_");
        assertThat(results(sets().load(TWO))).containsOnly(Result.UNCHANGED);
        Subscription unnamed = registry.subscriptions.create(Samples.request("'types':['a']"));
        String exported = sets().export();
        assertThat(exported)
                .contains("crm:", unnamed.id() + ":", "identifier: \"bob\"")
                .doesNotContain("hunter2", "whsec_");
        registry.reopen();
        // The stored secret of the credential is kept, and the one without a name stays so.
        assertThat(results(sets().load(exported)))
                .containsOnly(Result.UNCHANGED)
                .hasSize(3);
        assertThat(results(sets().load(exported.replace("- \"a\"", "- \"b\"")))).contains(Result.UPDATED);
        assertThat(registry.subscriptions
                        .find(unnamed.id())
                        .orElseThrow()
                        .request()
                        .config()
                        .name())
                .isNull();
        assertThat(results(sets().load(TWO.replace("customer.created", "customer.deleted"))))
                .containsExactly(Result.UPDATED, Result.UNCHANGED);
        assertThat(registry.subscriptions.list("", 10)).hasSize(3);
    }

    @Test
    void nullIsTheSameAsAbsent() {
        String empty = """
            subscriptions:
              crm:
                sink: https://example.com/crm
                config: null
                protocol: ~
            """;
        assertThat(results(sets().load(empty))).containsExactly(Result.CREATED);
        assertThat(registry.subscriptions.named("crm")).isPresent();
        assertThat(results(sets().load(empty))).containsExactly(Result.UNCHANGED);
    }

    @Test
    void anExportOfManyComesBack() {
        String types = ("\n      - " + "x".repeat(250)).repeat(200);
        String large = IntStream.range(0, 80)
                .mapToObj(i -> "\n  s" + i + ":\n    sink: https://example.com/\n    types:" + types)
                .collect(Collectors.joining());
        assertThat(results(sets().load("subscriptions:" + large)))
                .containsOnly(Result.CREATED)
                .hasSize(80);
    }

    @Test
    void aDocumentWithMistakesChangesNothingAndTellsAllOfThemWithTheirPlaces() {
        assertThatThrownBy(() -> sets().load("""
            subscriptions:
              good: {sink: https://example.com/}
              bad: {sink: https://example.com/, filters: [{sql: "a ="}], confg: {}}
              worse: {sink: ftp://example.com/}
            """))
                .isInstanceOfSatisfying(
                        InvalidSubscriptionException.class,
                        e -> assertThat(e.problems())
                                .extracting(RequestProblem::pointer)
                                .containsExactlyInAnyOrder(
                                        "/subscriptions/bad/filters/0/sql",
                                        "/subscriptions/bad/confg",
                                        "/subscriptions/worse/sink"));
        assertThatThrownBy(() -> sets().load("subscriptions:\n  a: {sink: x}\n  a: {sink: y}\n"))
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> sets().load("subscriptions: [1]")).hasMessageContaining("/subscriptions");
        assertThat(registry.subscriptions.list("", 10)).isEmpty();
    }

    @Test
    void aFileDeclaresAndItsChangesTakeEffectAndAFaultyOneChangesNothing() throws Exception {
        Path file = folder.resolve("subscriptions.yaml");
        Subscription own = registry.subscriptions.create(Samples.request(""));
        declare(file, TWO);
        assertThat(registry.subscriptions.list("", 10)).hasSize(3);
        Subscription crm = registry.subscriptions.named("crm").orElseThrow();
        assertThat(registry.subscriptions.declared(crm.id())).isTrue();
        assertThat(registry.subscriptions.declared(own.id())).isFalse();
        assertThatThrownBy(() -> sets().load(TWO)).hasMessageContaining("/subscriptions/crm");

        declare(file, TWO + "  broken: {}\n");
        assertThat(registry.subscriptions.list("", 10)).hasSize(3);

        registry.reopen();
        declare(file, TWO.replace("audit:", "archive:").replace("ratelimit: 5", "ratelimit: 6"));
        assertThat(registry.subscriptions.named("audit")).isEmpty();
        assertThat(registry.subscriptions.named("archive")).isPresent();
        assertThat(registry.subscriptions.named("crm").orElseThrow().id()).isEqualTo(crm.id());
        assertThat(registry.subscriptions.named("crm").orElseThrow().secrets()).isEqualTo(crm.secrets());

        Files.delete(file);
        look(file);
        assertThat(registry.subscriptions.list("", 10))
                .extracting(Subscription::id)
                .containsExactly(own.id());
    }

    @Test
    void aFileWhoseSubscriptionsAreAllCommentedOutDeclaresNone() throws Exception {
        Path file = folder.resolve("subscriptions.yaml");
        declare(file, TWO);
        declare(file, "subscriptions:\n#  crm:\n");
        assertThat(registry.subscriptions.list("", 10)).isEmpty();
    }

    /** Many programs empty a file before they write it, or put another in its place. */
    @Test
    void aFileThatIsGoneOrEmptyForAMomentEndsNothing() throws Exception {
        Path file = folder.resolve("subscriptions.yaml");
        Files.writeString(file, TWO);
        Declarations declarations = declarations(file);
        declarations.look();
        Subscription crm = registry.subscriptions.named("crm").orElseThrow();
        for (int i = 0; i < 2; i++) declarations.watch();

        Files.delete(file);
        declarations.watch();
        Files.writeString(file, "subscriptions:\n");
        declarations.watch();
        Files.writeString(file, TWO.replace("ratelimit: 5", "ratelimit: 6"));
        declarations.watch();
        assertThat(registry.subscriptions.list("", 10)).hasSize(2);
        declarations.watch();
        assertThat(registry.subscriptions.named("crm").orElseThrow().id()).isEqualTo(crm.id());
        assertThat(registry.subscriptions.list("", 10))
                .extracting(one -> one.request().config().rateLimit())
                .contains(6);
        Files.delete(file);
        for (int i = 0; i < 2; i++) declarations.watch();
        assertThat(registry.subscriptions.list("", 10)).isEmpty();
    }

    @Test
    void aCredentialOfAFileMayNameAVariableThatMustBeSet() {
        String text = TWO.replace("hunter2", "'${env:EVENTFUL_NO_SUCH_VARIABLE}'");
        assertThatThrownBy(() -> sets().declare(text))
                .hasMessageContaining("/subscriptions/crm/sinkcredential/secret")
                .hasMessageContaining("EVENTFUL_NO_SUCH_VARIABLE");
        String variable = System.getenv().keySet().stream()
                .filter(name -> name.equals("PATH"))
                .findFirst()
                .orElseThrow();
        sets().declare(TWO.replace("hunter2", "'${env:" + variable + "}'"));
        assertThat(registry.subscriptions
                        .named("crm")
                        .orElseThrow()
                        .request()
                        .sinkCredential()
                        .path("secret")
                        .textValue())
                .isEqualTo(System.getenv(variable));
    }

    @Test
    void aVariableThatIsNotSetHidesNoOtherMistake() {
        String text = TWO.replace("hunter2", "'${env:EVENTFUL_NO_SUCH_VARIABLE}'")
                .replace("ratelimit: 5", "chanel: orders, name: other");
        assertThatThrownBy(() -> sets().declare(text))
                .hasMessageContaining("EVENTFUL_NO_SUCH_VARIABLE")
                .hasMessageContaining("/subscriptions/crm/config/chanel")
                .hasMessageContaining("/subscriptions/crm/config/name");
    }

    private void declare(Path file, String text) throws Exception {
        Files.writeString(file, text);
        look(file);
    }

    private void look(Path file) {
        declarations(file).look();
    }

    private Declarations declarations(Path file) {
        return new Declarations(sets(), new SubscriptionsSettings(file.toString(), false), timer);
    }
}

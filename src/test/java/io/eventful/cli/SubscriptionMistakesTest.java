package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be done is told in words, with its place. */
class SubscriptionMistakesTest extends SubscriptionCommandFixture {

    @Test
    void whatNoGatewayCanDoIsToldOnce() {
        Ran wrong = plain(List.of(
                "subscription",
                "delete",
                "a",
                "b",
                "--key",
                "wrong-key",
                "--admin",
                server.address().toString()));
        assertThat(wrong.exit()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(wrong.err()).containsOnlyOnce("rejected the admin key");
    }

    @Test
    void whatTheGatewayRefusesIsToldLineByLine() {
        Ran refused = run("create", "--sink", "http://10.0.0.1/", "--ordering", "strict");
        assertThat(refused.exit()).isOne();
        assertThat(refused.err().lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("eventful: Invalid subscription");
            assertThat(lines.get(1)).startsWith("  /sink resolves to a forbidden address");
            assertThat(lines.get(2)).startsWith("  /config/ordering ");
        });
        assertThat(run("create", "--sink", SINK, "--filter", "nonsense").err()).contains("--filter nonsense");
    }

    @Test
    void whatIsWrongInAFileHasItsPlace() throws Exception {
        Path file = Files.writeString(
                folder.resolve("subscriptions.yaml"),
                "subscriptions:\n  crm:\n    sink: " + SINK
                        + "\n    types: [customer.created, \"a.*\"]\n    tpyes: []\n");
        Ran refused = run("import", file.toString());
        assertThat(refused.exit()).isOne();
        assertThat(refused.err())
                .contains(
                        "  " + file + ":5:5: /subscriptions/crm/tpyes unknown member",
                        "  " + file + ":4:31: /subscriptions/crm/types/1 types are matched exactly");
        Files.writeString(file, "subscriptions: [");
        assertThat(run("import", file.toString()).err())
                .contains(file + ":1:17: is not valid YAML: ")
                .doesNotContain("column");
    }

    @Test
    void whatAnImportStillNeedsIsTold() throws Exception {
        Path file = Files.writeString(
                folder.resolve("subscriptions.yaml"),
                "subscriptions:\n  crm:\n    sink: " + SINK
                        + "\n    sinkcredential: {credentialtype: PLAIN, identifier: bob}\n");
        Ran loaded = run("import", file.toString());
        assertThat(loaded.exit()).isZero();
        assertThat(loaded.out()).contains("crm", "created", "whsec_");
        assertThat(loaded.err()).startsWith("warning: crm is held").contains("sinkcredential.secret");
    }

    @Test
    void aWrongKeyAndAnAbsentGatewayAreToldInWords() {
        String admin = server.address().toString();
        assertThat(plain(List.of("subscription", "list", "--admin", admin, "--key", "wrong"))
                        .err())
                .contains("rejected the admin key", "--key");
        assertThat(plain(List.of("subscription", "list", "--admin", "http://127.0.0.1:1", "--key", "x"))
                        .err())
                .contains("no gateway responds at http://127.0.0.1:1");
        assertThat(plain(List.of("subscription")).exit()).isEqualTo(2);
    }
}

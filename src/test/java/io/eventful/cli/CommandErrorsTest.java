package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.ApplicationContextException;

/** A slip on the command line or in the configuration is told in words: never with a trace, and never with a secret. */
class CommandErrorsTest {

    @TempDir
    private Path folder;

    private record Ran(int exit, String err) {}

    private static Ran run(String... arguments) {
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exit, err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscription list --key k --admin localhost:8081 | use a format such as http://127.0.0.1:8081",
                "subscription list --key k --admin 127.0.0.1:8081 | use a format such as http://127.0.0.1:8081",
                "tail --key k --admin ftp://127.0.0.1 | use a format such as http://127.0.0.1:8081",
                "view list --key k --admin http://127.0.0.1:1/gw/ | 'http://127.0.0.1:1/gw/' is not the address of a"
                        + " port",
                "subscription list --key k --admin http://127.0.0.1:1/gw | is not the address of a port",
                "tail --key k --admin http://127.0.0.1:1/?a=b | is not the address of a port",
                "tail --key k --admin http://127.0.0.1:1#c | is not the address of a port",
                "test --record PUT /x --gateway http://127.0.0.1:1/?a=b | is not the address of a port",
                "test --record PUT /x --gateway localhost:8080 | use a format such as http://127.0.0.1:8081",
                "test --to x.test.yaml routes | --to counts only with --record",
                "test --json {} PUT /customers/42 | --json counts only with --record",
                "test --gateway http://127.0.0.1:8080 | --gateway counts only with --record",
                "test --key k | --key counts only with --record",
                "test --record PUT /x --watch | --watch does not count with --record",
                "tail --key k --admin-port 99999 | '99999' is not a port; use a number from 1 to 65535",
                "changes --key k --admin-port 99999 | '99999' is not a port; use a number from 1 to 65535",
                "subscription create --key k --label novalue | --label' (NAME=VALUE): 'novalue' is not NAME=VALUE",
                "subscription create --key k --label =x | '=x' is not NAME=VALUE",
                "subscription create --key k --header novalue | 'novalue' is neither NAME=VALUE nor 'NAME: VALUE'",
                "test --record PUT /x --header novalue | 'novalue' is neither NAME=VALUE nor 'NAME: VALUE'",
                "subscription create --key k --filter foo | --filter foo is not a filter",
                "listen --key k --admin http://127.0.0.1:1 --filter foo | --filter foo is not a filter",
                "deliveries --key k --state foo | --state must be pending, delivered, failed, dead or held",
                "deliveries retry --key k --state foo --all | --state must be dead or failed",
                "changes --key k --admin http://127.0.0.1:1 --admin-port 1 | --admin and --admin-port both say",
                "listen --key k --count 0 | --count must be at least 1",
                "listen --key k --count -1 | --count must be at least 1",
                "subscription list --key k --admin-port -1 | '-1' is not a port; use a number from 1 to 65535",
                "subscription list --key k --admin-port eight | 'eight' is not a port; use a number from 1 to 65535",
                "subscription list --key k --admin http://127.0.0.1:99999 | use a format such as http://127.0.0.1:8081",
                "test --record PUT /x --gateway http://127.0.0.1:99999 | use a format such as http://127.0.0.1:8081",
                "test --record PUT /x --gateway http://127.0.0.1:0 | use a format such as http://127.0.0.1:8081",
                "test --record PUT /x --settle soon | use a format such as 500ms, 2s or 1m",
                "test --record PUT customers/42 | must start with /",
                "test --record P@T /customers/42 | --record cannot send this request",
                "test --record PUT /customers/42 --header Host=a | --record cannot send this request"
            })
    void aSlipOnTheCommandLineIsTold(String line, String told) {
        Ran ran = run(line.split(" "));
        assertThat(ran.err()).contains(told).doesNotContain("\tat ", "java.");
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test --bogus | Unknown option: '--bogus' | See eventful test --help",
                "changes --limit abc | 'abc' is not an int | See eventful changes --help",
                "deliveries retry | Give ids, or a selection | See eventful deliveries retry --help",
                "subscription | A command is missing | See eventful subscription --help",
                "routes --help | Unmatched argument at index 0: 'routes' | See eventful --help",
                "changes all --help | Unmatched argument at index 1: 'all' | See eventful changes --help"
            })
    void theReasonIsNotPushedOffTheScreen(String line, String told, String last) {
        Ran ran = run(line.split(" "));
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.USAGE);
        assertThat(ran.err().lines()).hasSizeLessThan(4);
        assertThat(ran.err()).contains(told);
        assertThat(ran.err().strip()).endsWith(last);
    }

    @Test
    void whatIsNoExportLeavesNoDataFolderBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("export.jsonl"), "no export\n");
        Path data = folder.resolve("data");
        Ran ran = run("ledger", "import", file.toString(), "--data", data.toString());
        assertThat(ran.exit()).as(ran.err()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(data).doesNotExist();
        Files.createDirectory(data);
        assertThat(run("ledger", "import", file.toString(), "--data", data.toString())
                        .exit())
                .isEqualTo(CommandErrorHandler.FAILED);
        assertThat(data).exists();
    }

    @Test
    void helpIsHelpAndNoArgumentAsksForIt() {
        assertThat(run("changes", "--help").exit()).isZero();
        assertThat(run("help", "changes").exit()).isZero();
        assertThat(run().err()).startsWith("A command is missing.").contains("Usage: eventful", "subscription");
    }

    @Test
    void durationsAreWrittenAsInTheConfiguration() {
        Ran ran = run("test", "--record", "PUT", "/x", "--settle", "2s", "--admin", "http://127.0.0.1:1", "--key", "k");
        assertThat(ran.err()).startsWith("eventful: no gateway responds at http://127.0.0.1:1");
    }

    /** Such as a certificate that is not trusted. */
    @Test
    void whyAGatewayDoesNotRespondIsTold() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = silent.accept()) {
                    socket.getOutputStream().write("no TLS here\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String address = "https://127.0.0.1:" + silent.getLocalPort();
            Ran ran = run("subscription", "list", "--admin", address, "--key", "k");
            assertThat(ran.err())
                    .startsWith("eventful: no gateway responds at " + address + " (")
                    .contains("SSL message");
        }
    }

    @Test
    void twoAddressesContradictEachOther() {
        for (String command : List.of("changes", "tail"))
            assertThat(run(command, "--admin", "http://127.0.0.1:1", "--admin-port", "1", "--key", "k")
                            .err())
                    .startsWith("eventful: --admin and --admin-port both say where the gateway is; keep one of them");
    }

    @ParameterizedTest
    @CsvSource({"subscription list --admin", "test --record PUT /x --gateway"})
    void aPasswordInAnAddressIsRefusedAndNotQuoted(String command) {
        for (String address : List.of("http://bob:s3cret@127.0.0.1:1", "http://bob:s3cret@127.0.0.1:99999"))
            assertThat(run((command + " " + address).split(" "))).satisfies(ran -> {
                assertThat(ran.exit()).isEqualTo(CommandErrorHandler.USAGE);
                assertThat(ran.err())
                        .contains("use a format such as http://127.0.0.1:8081")
                        .doesNotContain("s3cret");
            });
    }

    @Test
    void anAddressMayEndWithASlash() {
        assertThat(run("subscription", "list", "--admin", "http://127.0.0.1:1/", "--key", "k")
                        .err())
                .startsWith("eventful: no gateway responds at http://127.0.0.1:1/");
    }

    @Test
    void aKeyThatCannotBeSentIsNotQuoted() {
        Ran ran = run("subscription", "list", "--admin", "http://127.0.0.1:1", "--key", "top\nsecret");
        assertThat(ran.err()).startsWith("eventful: the admin key").doesNotContain("secret", "\tat ");
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
    }

    @Test
    void aFolderThatIsNotThereIsTold() throws Exception {
        Files.createFile(folder.resolve("eventful.db"));
        Path wrong = folder.resolve("missing").resolve("ledger.jsonl");
        Ran ran = run("ledger", "export", wrong.toString(), "--data", folder.toString());
        assertThat(ran.err())
                .contains("missing", "the file or folder does not exist")
                .doesNotContain("\tat ");
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
    }

    @Test
    void aFolderWithoutALedgerIsNotOneInWhichAllIsWell() {
        Ran ran = run("ledger", "verify", "--data", folder.toString());
        assertThat(ran.err()).startsWith("eventful: no ledger found: " + folder.resolve("eventful.db"));
        assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anAddressOfTheAdminPortThatIsNotOfThisMachineIsTold() {
        Throwable failure = new ApplicationContextException(
                "Failed to start bean",
                new WebServerException("Unable to start", new BindException("Cannot assign requested address")));
        assertThat(CommandErrorHandler.plain(failure))
                .contains("Cannot assign requested address", "eventful.admin.bind");
    }

    @Test
    void thePortOfAListenerThatIsTakenIsNotThatOfTheGateway() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Ran ran = run("listen", "--port", port, "--admin", "http://127.0.0.1:1", "--key", "k");
            assertThat(ran.exit()).isEqualTo(CommandErrorHandler.FAILED);
            assertThat(ran.err())
                    .isEqualTo("eventful: port " + port + " on 127.0.0.1 cannot be opened (Address already in use);"
                            + " choose another with --port, or leave it out to have a free one"
                            + System.lineSeparator());
        }
    }

    @Test
    void whatIsAboutAKeyIsToldWhoeverSaysIt() {
        assertThat(CommandErrorHandler.plain(new IllegalStateException(
                        "bean", new IllegalArgumentException("eventful.delivery.tls.ca: x cannot be used"))))
                .isEqualTo("eventful.delivery.tls.ca: x cannot be used");
        assertThat(CommandErrorHandler.plain(new IllegalStateException("unforeseen")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edge: {routes: [{path: /crm, upstream: crm}]} | eventful.edge.routes[0].upstream | crm",
                "upstreams: {default: {url: 'http://a', targets: ['http://b']}} | eventful.upstreams.default.targets |"
                        + " both set",
                "store: {url: 'jdbc:postgresql://u:s3cret@db/x'} | eventful.store.url | eventful.store.password",
                "admin: {console: {patience: 0s}} | eventful.admin.console.patience | above 0",
                "admin: {guesses: {clients: 0}} | eventful.admin.guesses.clients | 1 or more"
            })
    void whatCannotBeIsToldAtItsKeyWithARemedy(String yaml, String key, String told) throws Exception {
        Path file = Files.writeString(folder.resolve("application.yaml"), "eventful:\n  " + yaml + "\n");
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> SettingsCatalogue.loader().load(new ConfigurationSources(file, Map.of(), List.of())));
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(key);
            assertThat(problem.origin()).endsWith("application.yaml:2");
            assertThat(problem.message() + " " + problem.remedy())
                    .contains(told)
                    .doesNotContain("s3cret");
        });
    }
}

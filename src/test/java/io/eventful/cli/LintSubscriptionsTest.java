package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What lint says of the file of declared subscriptions. */
class LintSubscriptionsTest {

    private final StringWriter out = new StringWriter();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level level;

    @TempDir
    Path folder;

    private Path routes;
    private Path subscriptions;

    @BeforeEach
    void write() throws IOException {
        level = root.getLevel();
        routes = Files.createDirectory(folder.resolve("routes"));
        subscriptions = folder.resolve("subscriptions.yaml");
        Files.writeString(routes.resolve("customers.yaml"), SampleRoutes.CUSTOMERS);
        Files.writeString(
                folder.resolve("application.yaml"),
                "eventful: {routes: {directory: '" + routes + "'}, subscriptions: {file: '" + subscriptions + "'}}\n");
    }

    /** The command silences the log. */
    @AfterEach
    void restore() {
        root.setLevel(level);
    }

    private int lint(String... paths) {
        String[] arguments = new String[3 + paths.length];
        arguments[0] = "lint";
        arguments[1] = "--config";
        arguments[2] = folder.resolve("application.yaml").toString();
        System.arraycopy(paths, 0, arguments, 3, paths.length);
        out.getBuffer().setLength(0);
        return Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
    }

    @Test
    void anErrorHasItsLineAndColumn() throws IOException {
        Files.writeString(subscriptions, """
            subscriptions:
              crm:
                sink: https://example.com/hook
                tpyes: [customer.created]
            """);
        assertThat(lint()).isOne();
        assertThat(out.toString())
                .isEqualTo(
                        subscriptions + ":4:5: error subscription: /subscriptions/crm/tpyes unknown member \"tpyes\"\n"
                                + "    4 |     tpyes: [customer.created]\n"
                                + "      |     ^\n"
                                + "    = Did you mean \"types\"?\n"
                                + "2 files, 1 error, 0 warnings\n");
        assertThat(lint(routes.resolve("customers.yaml").toString()))
                .as("files that are named are checked alone")
                .isZero();
    }

    @Test
    void aSyntaxErrorHasItsLineToo() throws IOException {
        Files.writeString(subscriptions, "subscriptions:\n  crm: {sink: https://example.com\n  b: c\n");
        assertThat(lint()).isOne();
        assertThat(out.toString()).contains(subscriptions + ":3:", "error subscription: the file is not valid YAML");
    }

    @Test
    void aSoundFileIsSound() throws IOException {
        Files.writeString(
                subscriptions,
                "subscriptions: {crm: {sink: 'http://127.0.0.1:1', types: [customer.created],"
                        + " sinkcredential: {credentialtype: PLAIN, identifier: a, secret: '${env:NOT_SET_HERE}'}}}\n");
        assertThat(lint()).as(out.toString()).isZero();
        Files.delete(subscriptions);
        assertThat(lint()).as(out.toString()).isZero();
    }

    @Test
    void aNameThatIsThereTwiceIsToldWithBothPlaces() throws IOException {
        Files.writeString(subscriptions, """
            subscriptions:
              crm:
                sink: https://example.com/hook
              crm:
                sink: https://example.com/other
            """);
        assertThat(lint()).isOne();
        assertThat(out.toString())
                .startsWith(subscriptions
                        + ":4:3: error subscription: the file has the name \"crm\" twice, on line 2 and line 4\n");
    }

    @Test
    void aChannelWithoutSubscribersIsTold() throws IOException {
        Files.writeString(subscriptions, """
            subscriptions:
              crm:
                sink: https://example.com/hook
                config: {channel: custmers}
              own:
                sink: https://example.com/hook
                config: {channel: eventful.tests}
            """);
        assertThat(lint()).isZero();
        assertThat(out.toString())
                .startsWith(subscriptions + ":4:23: warning unknown-channel: no route sends events to"
                        + " subscribers:custmers, the channel of this subscription\n")
                .contains("did you mean \"customers\"?", "1 warning");
    }
}

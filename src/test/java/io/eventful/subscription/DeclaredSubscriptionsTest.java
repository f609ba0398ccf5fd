package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventful.event.Event;
import io.eventful.store.TestStores;
import io.eventful.subscription.DeclaredSubscriptions.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class DeclaredSubscriptionsTest {

    private static final String FAULTY = """
        # faulty
        subscriptions:
          crm:
            sink: https://example.com/crm
            tpyes: [customer.created]
            filters:
              - prefix: {subject: /customers/}
              - {exact: {Type: x}}
          none~at/all: {types: ["a.*"]}
        subscription: {}
        """;

    @TempDir
    Path folder;

    private static List<String> places(String text) {
        return DeclaredSubscriptions.read(text).problems().stream()
                .map(fault -> fault.line() + ":" + fault.column() + " "
                        + fault.problem().pointer())
                .sorted()
                .toList();
    }

    @Test
    void eachProblemHasItsPlace() {
        assertThat(places(FAULTY))
                .containsExactly(
                        "10:1 /subscription",
                        "5:5 /subscriptions/crm/tpyes",
                        "8:18 /subscriptions/crm/filters/1/exact/Type",
                        // What is missing is told of what should have it.
                        "9:25 /subscriptions/none~0at~1all/types/0",
                        "9:3 /subscriptions/none~0at~1all/config/name",
                        "9:3 /subscriptions/none~0at~1all/sink");
        assertThat(places("- a\n- b\n")).containsExactly("1:1 /subscriptions");
    }

    @Test
    void invalidYamlHasItsPlaceToo() {
        assertThat(places("subscriptions:\n  crm: {sink: https://a.example/x\n  b: c\n"))
                .hasSize(1)
                .allSatisfy(place -> assertThat(place).startsWith("3:"));
        assertThat(places("subscriptions:\n  crm: {sink: https://a.example/x}\n  crm: {}\n"))
                .containsExactly("3:3 ");
        assertThat(places("")).isEmpty();
        assertThat(places("subscriptions:\n")).isEmpty();
    }

    @Test
    void credentialsWithVariablesAndAddressesAreLeftToTheGateway() {
        DeclaredSubscriptions read = DeclaredSubscriptions.read("""
            subscriptions:
              own:
                sink: http://127.0.0.1:9100/hook
                sinkcredential: {credentialtype: CERTIFICATE, certificate: "${env:NOT_SET}", privatekey: "${env:NOR_IT}"}
              wrong:
                sink: https://example.com
                sinkcredential: {credentialtype: PLIAN}
            """);
        assertThat(read.subscriptions())
                .extracting(DeclaredSubscriptions.Declared::name)
                .containsExactly("own");
        assertThat(read.problems()).isNotEmpty().extracting(Fault::line).containsOnly(7);
    }

    /** It is looked at every second. */
    @Test
    void aFileThatCannotBeReadIsToldOnce() throws Exception {
        byte[] latin = "# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("subscriptions.yaml"), latin);
        Registry registry = new Registry(() -> TestStores.sqlite(folder), folder);
        registry.open();
        Logger logger = (Logger) LoggerFactory.getLogger(Declarations.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            Declarations declarations = new Declarations(
                    new SubscriptionSets(registry.subscriptions, Samples.requests()),
                    new SubscriptionsSettings(file.toString(), false),
                    timer);
            declarations.start();
            for (int i = 0; i < 3; i++) declarations.watch();
            assertThat(lines.list).hasSize(1);
            Files.writeString(file, "subscriptions:\n");
            for (int i = 0; i < 2; i++) declarations.watch();
            Files.write(file, latin);
            for (int i = 0; i < 2; i++) declarations.watch();
            assertThat(lines.list)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.getFormattedMessage())
                            .contains("declarations-not-applied", file.toString()));
        } finally {
            logger.detachAppender(lines);
            registry.close();
        }
    }

    @Test
    void theLogOfTheGatewayTellsThePlace() throws Exception {
        Path file = Files.writeString(folder.resolve("subscriptions.yaml"), FAULTY);
        Registry registry = new Registry(() -> TestStores.sqlite(folder), folder);
        registry.open();
        Logger logger = (Logger) LoggerFactory.getLogger(Declarations.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            new Declarations(
                            new SubscriptionSets(registry.subscriptions, Samples.requests()),
                            new SubscriptionsSettings(file.toString(), false),
                            timer)
                    .start();
        } finally {
            logger.detachAppender(lines);
            registry.close();
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("subscription.declaration-faulty place=" + file
                                + ":5:5 at=\"/subscriptions/crm/tpyes\" problem=\"unknown member"));
    }

    /** The event is known but for its extension {@code team} and its data; its subject begins as told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        []                                                              | YES
        [{exact: {type: customer.created}}]                             | YES
        [{exact: {type: customer.deleted}}]                             | NO
        [{prefix: {subject: /customers/}}]                              | YES
        [{prefix: {subject: /customers/42}}]                            | OPEN
        [{prefix: {subject: /orders/}}]                                 | NO
        [{exact: {subject: /customers/42}}]                             | OPEN
        [{suffix: {subject: '42'}}]                                     | OPEN
        [{exact: {team: crm}}]                                          | OPEN
        [{exact: {team: crm, type: x}}]                                 | NO
        [{not: {exact: {type: customer.deleted}}}]                      | YES
        [{not: {exact: {team: crm}}}]                                   | OPEN
        [{any: [{exact: {team: crm}}, {prefix: {type: customer.}}]}]    | YES
        [{any: [{exact: {team: crm}}, {prefix: {type: order.}}]}]       | OPEN
        [{all: [{exact: {team: crm}}, {prefix: {type: order.}}]}]       | NO
        [{data: {state: {vip: [true]}}}]                                | OPEN
        [{sql: "type LIKE 'customer.%'"}]                               | YES
        [{sql: "type = 'customer.deleted'"}]                            | NO
        [{sql: "type = 'customer.created' AND team = 'crm'"}]           | OPEN
        [{sql: "EXISTS team"}]                                          | OPEN
        [{sql: "subject = '/customers/42'"}]                            | OPEN
        """)
    void aFilterIsCertainOnlyWhereTheEventIs(String filters, Prospect expected) {
        DeclaredSubscriptions read = DeclaredSubscriptions.read(
                "subscriptions: {crm: {sink: 'https://example.com', filters: " + filters + "}}");
        assertThat(read.problems()).isEmpty();
        EventSketch sketch = new EventSketch()
                .with("type", "customer.created")
                .with("source", "/upstreams/default")
                .beginning("subject", "/customers/");
        DeclaredSubscriptions.Declared crm = read.subscriptions().getFirst();
        assertThat(crm.wants("customers", sketch).prospect()).isEqualTo(expected);
        // What is certain is so for each event that looks like that.
        for (String subject : List.of("/customers/42", "/customers/7"))
            for (Map<String, String> extensions : List.of(Map.<String, String>of(), Map.of("team", "crm"))) {
                boolean wanted = crm.request().wants("customers", event(subject, extensions));
                if (expected != Prospect.OPEN) assertThat(wanted).isEqualTo(expected == Prospect.YES);
            }
    }

    private static Event event(String subject, Map<String, String> extensions) {
        return new Event(
                "1",
                "/upstreams/default",
                "customer.created",
                subject,
                null,
                "application/json",
                null,
                extensions,
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatDecidesIsNamed() {
        DeclaredSubscriptions.Declared crm =
                DeclaredSubscriptions.read("""
                    subscriptions:
                      crm:
                        sink: https://example.com
                        types: [customer.created]
                        source: /upstreams/crm
                        filters: [{exact: {team: crm}}]
                        config: {channel: customers, pattern: state}
                    """).subscriptions().getFirst();
        EventSketch sketch = new EventSketch().with("type", "customer.created").with("pattern", "state");
        assertThat(crm.wants("orders", sketch).reason()).isEqualTo("its channel");
        assertThat(crm.wants("customers", sketch))
                .isEqualTo(new DeclaredSubscriptions.Answer(Prospect.OPEN, "its source, filters"));
        assertThat(crm.wants(
                        "customers",
                        new EventSketch().with("type", "customer.updated").with("pattern", "change")))
                .isEqualTo(new DeclaredSubscriptions.Answer(Prospect.NO, "its types, config.pattern"));
    }
}

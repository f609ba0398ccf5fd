package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubscriptionSheetTest {

    /** What YAML reads as something else than the text, or not at all, when it stands without quotes. */
    private static final List<String> TEXTS = List.of(
            ".inf",
            "-.INF",
            ".nan",
            "~",
            "null",
            "yes",
            "no",
            "on",
            "y",
            "TRUE",
            "0x1F",
            "0o7",
            "1_000",
            "1e3",
            "12:30:45",
            "2026-01-01",
            "=",
            "<<",
            "-",
            "?",
            ":",
            "a: b",
            "a #b",
            "#c",
            " x ",
            "a\u0085b",
            "\u2028",
            "\ufeff",
            "a\nb",
            "a\r\nb\n",
            "\n",
            "\t",
            "'",
            "\"",
            "\\",
            "%a",
            "@a",
            "`a",
            "!a",
            "&a",
            "*a",
            "|",
            ">",
            "{a",
            "[a",
            "\u0000",
            "\u001b",
            "é😀");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(TEXTS);
        return Arbitraries.oneOf(
                pieces,
                pieces.list().ofMinSize(1).ofMaxSize(4).map(some -> String.join("", some)),
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(20));
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        return Arbitraries.maps(texts().filter(name -> name.indexOf('=') < 0), texts())
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void labelsAreReadAsTheyWereWritten(@ForAll("labels") Map<String, String> labels) {
        ObjectNode document = (ObjectNode) Samples.json("{'sink':'https://example.com/','config':{'name':'crm'}}");
        labels.forEach((name, value) -> document.withObject("/config/labels").put(name, value));
        Subscription subscription = new Subscription(
                "sub_1", Samples.requests().parse(document), Status.ACTIVE, List.of(), Samples.TIME, 0, 0);
        List<RequestProblem> problems = new ArrayList<>();
        Map<String, SheetEntry> read = read(SubscriptionSheet.write(List.of(subscription)), problems);
        assertThat(problems).isEmpty();
        assertThat(read.get("crm").request().config().labels()).isEqualTo(labels);
    }

    @Test
    void anEntryWithoutAValueIsEmpty() {
        List<RequestProblem> problems = new ArrayList<>();
        read("subscriptions:\n  a:\n  b: ~\n  c: {sink: 'https://example.com/'}\n", problems);
        assertThat(problems)
                .extracting(RequestProblem::pointer)
                .containsExactly("/subscriptions/a", "/subscriptions/b");
        assertThat(problems).extracting(RequestProblem::detail).containsOnly("is empty");
    }

    private static Map<String, SheetEntry> read(String yaml, List<RequestProblem> problems) {
        return SubscriptionSheet.read(
                yaml,
                Samples.requests(),
                name -> Optional.empty(),
                SheetVariables.PLAIN,
                CredentialReader.Incomplete.TAKEN,
                problems);
    }
}

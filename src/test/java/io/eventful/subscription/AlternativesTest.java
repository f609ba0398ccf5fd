package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What event patterns ask of one member as alternatives. */
class AlternativesTest {

    private static boolean matches(String alternatives, String value) {
        return Samples.request("'filters':[{'data':{'a':[" + alternatives + "]}}]")
                .filters()
                .matches(Samples.event("t", "/s", 1, "{'a':" + value + "}"));
    }

    /** A machine of event-ruler that has both takes XA or AB for the former. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'wildcard':'*a'},{'equals-ignore-case':'qA'} | 'XA' | false",
                "{'wildcard':'*a'},{'equals-ignore-case':'qA'} | 'Xa' | true",
                "{'wildcard':'*a'},{'equals-ignore-case':'qA'} | 'Qa' | true",
                "{'wildcard':'*a'},{'prefix':{'equals-ignore-case':'qA'}} | 'XA' | false",
                "{'equals-ignore-case':'qA'},'b',{'wildcard':'b*a'} | ['BA','xA'] | false",
                "{'equals-ignore-case':'qA'},'b',{'wildcard':'b*a'} | ['BA','b'] | true",
                "{'suffix':{'equals-ignore-case':'a'}},{'suffix':{'equals-ignore-case':'ba'}},'aB' | 'AB' | false",
                "{'suffix':{'equals-ignore-case':'a'}},{'suffix':{'equals-ignore-case':'ba'}},'aB' | 'aB' | true"
            })
    void textsMindTheCaseBesideThoseThatDoNot(String alternatives, String value, boolean matches) {
        assertThat(matches(alternatives, value)).isEqualTo(matches);
    }

    @Provide
    Arbitrary<List<String>> alternatives() {
        Arbitrary<String> texts = Arbitraries.of("a", "b", "A", "ab", "aB", "ba", "bab");
        Arbitrary<String> comparisons = Arbitraries.oneOf(
                texts.map(text -> "'" + text + "'"),
                texts.map(text -> "{'prefix':'" + text + "'}"),
                texts.map(text -> "{'suffix':'" + text + "'}"),
                texts.map(text -> "{'equals-ignore-case':'" + text + "'}"),
                texts.map(text -> "{'prefix':{'equals-ignore-case':'" + text + "'}}"),
                texts.map(text -> "{'suffix':{'equals-ignore-case':'" + text + "'}}"),
                texts.map(text -> "{'wildcard':'*" + text + "'}"),
                texts.map(text -> "{'wildcard':'" + text + "*'}"),
                texts.map(text -> "{'wildcard':'" + text + "*b'}"),
                texts.map(text -> "{'wildcard':'*" + text + "*'}"),
                texts.map(text -> "{'anything-but':'" + text + "'}"),
                texts.map(text -> "{'anything-but':{'prefix':'" + text + "'}}"),
                texts.map(text -> "{'anything-but':{'suffix':'" + text + "'}}"),
                texts.map(text -> "{'anything-but':{'equals-ignore-case':'" + text + "'}}"),
                texts.map(text -> "{'anything-but':{'wildcard':'*" + text + "'}}"),
                Arbitraries.of(
                        "1",
                        "null",
                        "true",
                        "{'numeric':['>',1]}",
                        "{'numeric':['>=',-1,'<',2.5]}",
                        "{'numeric':['=',1]}",
                        "{'anything-but':[1,2]}",
                        "{'anything-but':['a','ab']}",
                        "{'cidr':'10.0.0.0/8'}",
                        "{'exists':true}"));
        return comparisons.list().ofMinSize(2).ofMaxSize(4);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void aListIsMetByWhatMeetsOneOfIt(@ForAll("alternatives") List<String> alternatives) {
        for (String value : List.of(
                "'a'",
                "'b'",
                "'A'",
                "'AB'",
                "'ab'",
                "'Ba'",
                "'bab'",
                "'bAB'",
                "'aab'",
                "'abab'",
                "''",
                "1",
                "1.0",
                "2.5",
                "-1",
                "'1'",
                "null",
                "true",
                "'10.1.2.3'"))
            assertThat(matches(String.join(",", alternatives), value))
                    .as("%s of %s", value, alternatives)
                    .isEqualTo(alternatives.stream().anyMatch(each -> matches(each, value)));
    }
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private static boolean matches(String filters) {
        return Samples.request("'filters':" + filters).filters().matches(Samples.event("customer.updated"));
    }

    private static boolean sql(String expression) {
        return matches("[{'sql':'" + expression.replace("'", "\\u0027") + "'}]");
    }

    private static List<RequestProblem> problems(String filters) {
        return catchThrowableOfType(InvalidSubscriptionException.class, () -> matches(filters))
                .problems();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{'exact':{'type':'customer.updated'}}]",
                "[{'exact':{'type':'customer.updated','subject':'/customers/42','pattern':'state'}}]",
                "[{'exact':{'specversion':'1.0'}}]",
                "[{'exact':{'time':'2026-03-01T12:00:00Z'}}]",
                "[{'prefix':{'type':'customer.','subject':'/customers/'}}]",
                "[{'suffix':{'type':'.updated'}}]",
                "[{'prefix':{'type':'customer.'}},{'suffix':{'subject':'42'}}]",
                "[{'all':[{'exact':{'type':'customer.updated'}},{'prefix':{'source':'/up'}}]}]",
                "[{'any':[{'exact':{'type':'x'}},{'exact':{'type':'customer.updated'}}]}]",
                "[{'not':{'exact':{'type':'x'}}}]",
                "[{'not':{'exact':{'nosuchattribute':'x'}}}]",
                "[{'not':{'not':{'exact':{'type':'customer.updated'}}}}]",
                "[{'data':{'state':{'country':['DE','FR']}}}]",
                "[{'data':{'state':{'age':[{'numeric':['>=',30,'<',40]}],'id':[42]}}}]",
                "[{'data':{'action':[{'anything-but':['created']}]}}]",
                "[{'data':{'state':{'email':[{'exists':false}]}}}]",
                "[{'data':{'$or':[{'action':['x']},{'state':{'country':['DE']}}]}}]",
                "[{'any':[{'data':{'action':['created']}},{'sql':'EXISTS subject'}]}]"
            })
    void aMatchIsFound(String filters) {
        assertThat(matches(filters)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'exact':{'type':'Customer.updated'}}]",
                "[{'exact':{'type':'customer.updated','subject':'/customers/43'}}]",
                "[{'exact':{'nosuchattribute':'x'}}]",
                "[{'prefix':{'type':'order.'}}]",
                "[{'suffix':{'type':'.created'}}]",
                "[{'exact':{'type':'customer.updated'}},{'exact':{'type':'x'}}]",
                "[{'all':[{'exact':{'type':'customer.updated'}},{'exact':{'source':'x'}}]}]",
                "[{'any':[{'exact':{'type':'x'}},{'exact':{'type':'y'}}]}]",
                "[{'not':{'prefix':{'type':'customer.'}}}]",
                "[{'data':{'state':{'country':['FR']}}}]",
                "[{'data':{'state':{'country':['DE'],'age':[{'numeric':['>',30]}]}}}]",
                "[{'data':{'nosuch':['x']}}]"
            })
    void aMismatchIsNot(String filters) {
        assertThat(matches(filters)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "type = 'customer.updated' | true",
                "type = 'customer.created' | false",
                "type LIKE 'customer.%' | true",
                "type LIKE '_ustomer%' AND NOT (subject LIKE '%/43') | true",
                "subject IN ('/customers/42', '/customers/43') | true",
                "EXISTS partitionkey AND EXISTS subject | true",
                "EXISTS nosuchattribute | false",
                "NOT EXISTS nosuchattribute | true",
                "position > 6 | true",
                "position > 7 | false",
                "INT(position) + 1 = 8 | true",
                "UPPER(type) = 'CUSTOMER.UPDATED' | true",
                "LENGTH(subject) = 13 | true",
                "LEFT(subject, 11) = '/customers/' XOR FALSE | true",
                "TRUE | true",
                "'true' | false",
                "1 | false",
                "subject | false",
                "nosuchattribute = 'x' | false",
                "NOT (nosuchattribute = 'x') | false",
                "1 / 0 = 1 | false",
                "TRUE OR 1 / 0 = 1 | true",
                "nosuchattribute = 'x' OR TRUE | false",
                "INT(type) = 0 OR TRUE | false",
                "TRUE OR nosuchattribute = 'x' | true",
                "NOT (FALSE AND nosuchattribute = 'x') | true",
                "(EXISTS nosuchattribute AND nosuchattribute = 'x') OR TRUE | true"
            })
    void cesqlIsTrueOnlyWhenItIsTheBooleanTrue(String expression, boolean expected) {
        assertThat(sql(expression)).as(expression).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | /filters",
                "['x'] | /filters/0",
                "[{}] | /filters/0",
                "[{'exact':{'type':'a'},'prefix':{'type':'a'}}] | /filters/0",
                "[{'exakt':{'type':'a'}}] | /filters/0/exakt",
                "[{'exact':{}}] | /filters/0/exact",
                "[{'exact':'type'}] | /filters/0/exact",
                "[{'exact':{'type':''}}] | /filters/0/exact/type",
                "[{'exact':{'type':7}}] | /filters/0/exact/type",
                "[{'exact':{'ce-type':'x'}}] | /filters/0/exact/ce-type",
                "[{'exact':{'data/x':'x'}}] | /filters/0/exact/data~1x",
                "[{'all':[]}] | /filters/0/all",
                "[{'any':[]}] | /filters/0/any",
                "[{'any':{'exact':{'type':'x'}}}] | /filters/0/any",
                "[{'not':[{'exact':{'type':'x'}}]}] | /filters/0/not",
                "[{'all':[{'exact':{'type':'x'}},{'any':[{'not':{'sql':'a ='}}]}]}] | /filters/0/all/1/any/0/not/sql",
                "[{'sql':'type LIKE'}] | /filters/0/sql",
                "[{'sql':''}] | /filters/0/sql",
                "[{'sql':7}] | /filters/0/sql",
                "[{'sql':'NOSUCH(((('}] | /filters/0/sql",
                "[{'data':[]}] | /filters/0/data",
                "[{'data':{}}] | /filters/0/data",
                "[{'data':{'a':'b'}}] | /filters/0/data/a",
                "[{'data':{'a':[{'numerik':['>',1]}]}}] | /filters/0/data/a/0/numerik",
                "[{'data':{'a':[{'numeric':['>']}]}}] | /filters/0/data/a/0/numeric/0"
            })
    void anInvalidFilterIsRefusedWithItsPlace(String filters, String pointer) {
        assertThat(problems(filters)).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void cesqlSaysWhereItIsWrong() {
        assertThat(problems("[{'sql':'type = 1 AND = 2'}]").getFirst().detail()).contains("CESQL", "character 14");
        assertThat(problems("[{'sql':'type $= source'}]").getFirst().detail()).contains("character 6");
        assertThat(problems("[{'sql':'a b'}]").getFirst().detail()).contains("character 3");
    }

    @Test
    void depthAndNumberOfFiltersAreBounded() {
        String deep = "{'exact':{'type':'a'}}";
        for (int i = 0; i < 40; i++) deep = "{'not':" + deep + "}";
        assertThat(problems("[" + deep + "]"))
                .singleElement()
                .extracting(RequestProblem::detail)
                .asString()
                .contains("16");
        assertThat(problems("[" + "{'exact':{'type':'a'}},".repeat(600) + "{'exact':{'type':'a'}}]")
                        .getFirst()
                        .detail())
                .contains("500");
        assertThat(problems("[{'sql':'" + "(".repeat(4000) + "'}]")).hasSize(1);
        String wide = "{'$or':[{'a':[1]},{'b':[1]},{'c':[1]},{'d':[1]},{'e':[1]},{'f':[1]}]}";
        assertThat(problems("[{'data':{'v':" + wide + ",'w':" + wide + ",'x':" + wide + ",'y':" + wide + "}}]")
                        .getFirst()
                        .detail())
                .contains("$or");
    }

    @Test
    void theBoundsOfFiltersAreAllowedThemselves() {
        for (String dialect : new String[] {"{'not':%s}", "{'all':[%s]}", "{'any':[%s]}"}) {
            String deep = "{'exact':{'type':'customer.updated'}}";
            for (int i = 0; i < 16; i++) deep = dialect.formatted(deep);
            assertThat(matches("[" + deep + "]")).as(dialect).isTrue();
            assertThat(problems("[" + dialect.formatted(deep) + "]"))
                    .singleElement()
                    .extracting(RequestProblem::detail)
                    .asString()
                    .contains("16");
        }
        String one = "{'exact':{'type':'customer.updated'}}";
        assertThat(matches("[" + (one + ",").repeat(499) + one + "]")).isTrue();
        assertThat(problems("[" + (one + ",").repeat(500) + one + "]")).hasSize(1);
    }

    @Test
    void aPayloadThatIsNoJsonObjectMatchesNoPattern() {
        Filter filter =
                Samples.request("'filters':[{'data':{'a':[{'exists':false}]}}]").filters();
        assertThat(filter.matches(Samples.event("t", "/s", 1, ""))).isFalse();
        assertThat(filter.matches(Samples.event("t", "/s", 1, "[1]"))).isFalse();
        assertThat(filter.matches(Samples.event("t", "/s", 1, "{broken"))).isFalse();
        assertThat(filter.matches(Samples.event("t", "/s", 1, "  {'b':1}"))).isTrue();
    }

    /** As the documentation says: event-ruler compares what a double holds exactly. */
    @ParameterizedTest
    @CsvSource({
        "6, true",
        "999999999999999, true",
        "1e30, true",
        "6.0000000001, true",
        "9007199254740992, true",
        "9007199254740993, false",
        "123456789012345678, false"
    })
    void aNumberThatIsTooLongIsNotCompared(String number, boolean expected) {
        SubscriptionRequest more = Samples.request("'filters':[{'data':{'n':[{'numeric':['>',5]}]}}]");
        assertThat(more.wants("c", Samples.event("a", "/x/1", 7, "{'n':" + number + "}")))
                .isEqualTo(expected);
        SubscriptionRequest listed = Samples.request("'filters':[{'data':{'n':[" + number + "]}}]");
        assertThat(listed.wants("c", Samples.event("a", "/x/1", 7, "{'n':" + number + "}")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'numeric':['>',9007199254740993]}",
                "{'numeric':['>',0,'<',123456789012345678]}",
                "{'anything-but':9007199254740993}"
            })
    void aFilterWithANumberThatIsTooLongIsRefusedWithTheLimit(String comparison) {
        assertThat(Problems.problemsWith("'filters':[{'data':{'n':[" + comparison + "]}}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("15 significant digits"));
    }
}

package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event patterns that ask several things of one member: beside an {@code $or} and in it, or by a name with dots. */
class RepeatedMembersTest {

    private static final List<String> NAMES = List.of("a", "b");

    @Provide
    Arbitrary<JsonNode> payloads() {
        Arbitrary<JsonNode> plain =
                Arbitraries.of("1", "5", "9", "'x'", "'xy'", "null", "true").map(Samples::json);
        return object(Arbitraries.oneOf(plain, object(Arbitraries.oneOf(plain, object(plain)))));
    }

    @Provide
    Arbitrary<JsonNode> patterns() {
        return pattern(2);
    }

    private static Arbitrary<JsonNode> pattern(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.of(
                        "[1]",
                        "['x',5]",
                        "[null,9]",
                        "[{'numeric':['>',3]}]",
                        "[{'numeric':['<',7]}]",
                        "[{'prefix':'x'}]",
                        "[{'exists':true}]",
                        "[{'exists':false}]")
                .map(Samples::json);
        if (depth == 0) return nonEmpty(object(leaf));
        Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> pattern(depth - 1));
        Arbitrary<JsonNode> members = object(Arbitraries.frequencyOf(Tuple.of(2, leaf), Tuple.of(1, inner)));
        Arbitrary<JsonNode> both = net.jqwik.api.Combinators.combine(
                        members, inner.list().ofMinSize(2).ofMaxSize(3))
                .as((plain, alternatives) -> {
                    ObjectNode all = ((ObjectNode) plain).deepCopy();
                    all.set("$or", Samples.JSON.createArrayNode().addAll(alternatives));
                    return all;
                });
        return Arbitraries.frequencyOf(Tuple.of(1, nonEmpty(members)), Tuple.of(2, both));
    }

    private static Arbitrary<JsonNode> nonEmpty(Arbitrary<JsonNode> objects) {
        return objects.filter(object -> !object.isEmpty());
    }

    private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of(NAMES), values).map(members -> {
            ObjectNode object = Samples.JSON.createObjectNode();
            members.forEach(object::set);
            return object;
        });
    }

    /** All members match, and of each {@code $or} one alternative does. */
    private static boolean holds(JsonNode pattern, JsonNode json) {
        for (var member : pattern.properties()) {
            boolean holds = member.getKey().equals("$or")
                    ? anyHolds(member.getValue(), json)
                    : member.getValue().isObject()
                            ? holds(member.getValue(), json.path(member.getKey()))
                            : isOneOf(member.getValue(), json.path(member.getKey()));
            if (!holds) return false;
        }
        return true;
    }

    private static boolean anyHolds(JsonNode alternatives, JsonNode json) {
        for (JsonNode each : alternatives) if (holds(each, json)) return true;
        return false;
    }

    private static boolean isOneOf(JsonNode values, JsonNode json) {
        boolean there = json.isValueNode() && !json.isMissingNode();
        for (JsonNode value : values) {
            boolean is = there && value.equals(json);
            if (value.has("exists")) is = value.get("exists").booleanValue() == there;
            if (value.has("prefix")) is = json.isTextual() && json.textValue().startsWith("x");
            if (value.has("numeric"))
                is = json.isNumber()
                        && (value.get("numeric").get(0).textValue().equals(">")
                                ? json.intValue() > value.get("numeric").get(1).intValue()
                                : json.intValue() < value.get("numeric").get(1).intValue());
            if (is) return true;
        }
        return false;
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void allOfThePatternMatches(@ForAll("patterns") JsonNode pattern, @ForAll("payloads") JsonNode payload) {
        Event event = Samples.event("t", "/s", 1, payload.toString());
        SubscriptionRequest request = Samples.request("'filters':[{'data':" + pattern + "}]");
        boolean holds = holds(pattern, payload);
        assertThat(request.filters().matches(event))
                .as("%s on %s", pattern, payload)
                .isEqualTo(holds);

        SubscriptionIndex index = new SubscriptionIndex();
        index.put("s", request);
        Set<String> found = new HashSet<>();
        index.find("c", new EventView(event), found::add);
        if (holds) assertThat(found).containsExactly("s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'n':[{'numeric':['>',0]}],'$or':[{'n':[{'numeric':['<',9]}]},{'vip':[true]}]} | {'n':-5} | false",
                "{'n':[{'numeric':['>',0]}],'$or':[{'n':[{'numeric':['<',9]}]},{'vip':[true]}]} | {'n':5} | true",
                "{'$or':[{'n':[{'numeric':['<',9]}]},{'vip':[true]}],'n':[{'numeric':['>',0]}]} | {'n':20} | false",
                "{'$or':[{'n':[{'numeric':['<',9]}]},{'vip':[true]}],'n':[{'numeric':['>',0]}]} | {'n':20,'vip':true}"
                        + " | true",
                "{'$or':[{'n':[1]},{'v':[1]}],'m':{'$or':[{'n':[1]},{'v':[1]}]}} | {'n':1,'m':{'v':1}} | true",
                "{'m':{'n':[{'prefix':'x'}]},'m.n':[{'suffix':'y'}]} | {'m':{'n':'xz'}} | false",
                "{'m':{'n':[{'prefix':'x'}]},'m.n':[{'suffix':'y'}]} | {'m':{'n':'xy'}} | true",
                // One element has to meet all that is asked below its array.
                "{'m':{'n':[1]},'$or':[{'m':{'v':[1],'n':[1]}},{'w':[1]}]} | {'m':[{'n':1},{'v':1}]} | false",
                "{'m':{'n':[1]},'$or':[{'m':{'v':[1],'n':[1]}},{'w':[1]}]} | {'m':[{'n':1},{'v':1,'n':1}]} | true",
                "{'n':[{'numeric':['>',0]}],'$or':[{'n':[{'numeric':['<',9]}]},{'w':[1]}]} | {'n':[-5,20]} | false",
                "{'n':[{'numeric':['>',0]}],'$or':[{'n':[{'numeric':['<',9]}]},{'w':[1]}]} | {'n':[-5,5]} | true"
            })
    void whatIsSaidTwiceOfAMemberCountsTwice(String pattern, String payload, boolean matches) {
        SubscriptionRequest request = Samples.request("'filters':[{'data':" + pattern + "}]");
        Event event = Samples.event("t", "/s", 1, payload);
        assertThat(request.filters().matches(event)).isEqualTo(matches);
    }
}

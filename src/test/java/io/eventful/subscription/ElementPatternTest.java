package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

class ElementPatternTest {

    private static final List<String> NAMES = List.of("a", "b", "c");

    @Provide
    Arbitrary<JsonNode> documents() {
        return object(value(3));
    }

    private static Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> plain =
                Arbitraries.of("1", "2", "'x'", "null", "true").map(Samples::json);
        if (depth == 0) return plain;
        Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> value(depth - 1));
        return Arbitraries.oneOf(plain, object(inner), array(inner), array(object(inner)));
    }

    private static Arbitrary<JsonNode> array(Arbitrary<JsonNode> elements) {
        return elements.list().ofMaxSize(3).map(list -> {
            ArrayNode array = Samples.JSON.createArrayNode();
            list.forEach(array::add);
            return array;
        });
    }

    private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of(NAMES), values).ofMaxSize(3).map(ElementPatternTest::object);
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        ObjectNode object = Samples.JSON.createObjectNode();
        members.forEach(object::set);
        return object;
    }

    @Provide
    Arbitrary<JsonNode> patterns() {
        return pattern(2);
    }

    private static Arbitrary<JsonNode> pattern(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.of(
                        "[1]",
                        "[1,'x']",
                        "[null,2]",
                        "[{'exists':true}]",
                        "[{'anything-but':['x']}]",
                        "[{'prefix':'x'}]",
                        "[{'exists':false}]",
                        "[true,{'exists':false}]")
                .map(Samples::json);
        Arbitrary<JsonNode> member =
                depth == 0 ? leaf : Arbitraries.oneOf(leaf, Arbitraries.lazy(() -> pattern(depth - 1)));
        Arbitrary<JsonNode> plain = Arbitraries.maps(Arbitraries.of(NAMES), member)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(ElementPatternTest::object);
        if (depth == 0) return plain;
        Arbitrary<JsonNode> alternatives = Combinators.combine(
                        Arbitraries.maps(Arbitraries.of(NAMES), member).ofMaxSize(2),
                        Arbitraries.lazy(() -> pattern(depth - 1)).list().ofSize(2))
                .as((members, two) -> {
                    ObjectNode or = (ObjectNode) object(members);
                    or.set("$or", Samples.JSON.createArrayNode().addAll(two));
                    return (JsonNode) or;
                });
        return Arbitraries.frequencyOf(Tuple.of(5, plain), Tuple.of(3, alternatives));
    }

    /** Whoever is asked, the answer is the same; but an element lacks a member though others have it. */
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void itFindsWhatEventRulerFinds(@ForAll("patterns") JsonNode pattern, @ForAll("documents") JsonNode document)
            throws Exception {
        Machine machine = new Machine();
        machine.addRule("it", pattern.toString());
        boolean found = !machine.rulesForJSONEvent(document).isEmpty();
        boolean asksForAbsence = pattern.toString().contains("\"exists\":false");
        ElementPattern elements = new ElementPattern(pattern);
        // event-ruler only knows the last of several conditions on one member.
        if (elements.isRepeating()) return;
        if (found || !asksForAbsence)
            assertThat(elements.matches(document))
                    .as("%s on %s", pattern, document)
                    .isEqualTo(found);
    }

    private static Event event(int elements, String last) {
        List<String> arrays = new ArrayList<>();
        for (String name : NAMES)
            arrays.add("'" + name + "':[" + "{'x':1,'y':2},".repeat(elements - 1) + "{'x':1,'y':" + last + "}]");
        return Samples.event("t", "/s", 1, "{" + String.join(",", arrays) + "}");
    }

    private static final String PATTERN =
            "{'data':{'a':{'x':[1],'y':[3]},'b':{'x':[1],'y':[3]},'c':{'x':[1],'y':[3]}}}";

    /** event-ruler would try a thousand million combinations, and hold up everybody's events meanwhile. */
    @Test
    void longArraysAreMatchedInBoundedTime() {
        Filter filter = Samples.request("'filters':[" + PATTERN + "]").filters();
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(filter.matches(event(1_000, "3"))).isTrue();
            assertThat(filter.matches(event(1_000, "4"))).isFalse();
        });
    }

    @Test
    void theIndexFindsThemInBoundedTimeToo() {
        SubscriptionIndex index = new SubscriptionIndex();
        // So many that they are compiled into one machine.
        for (int i = 0; i < 40; i++) index.put("s" + i, Samples.request("'filters':[" + PATTERN + "]"));
        Set<String> found = new HashSet<>();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> index.find("c", new EventView(event(1_000, "3")), found::add));
        assertThat(found).hasSize(40);
    }

    /** Elements of one array do not help one another out. */
    @Test
    void oneElementMatchesAllOfThePatternBelowAnArray() {
        Filter filter =
                Samples.request("'filters':[{'data':{'a':{'x':[1],'y':[3]}}}]").filters();
        // So many that it is not event-ruler that is asked.
        String others = ",{'x':0,'y':0}".repeat(2_000);
        assertThat(filter.matches(Samples.event("t", "/s", 1, "{'a':[{'x':1},{'y':3}" + others + "]}")))
                .isFalse();
        assertThat(filter.matches(Samples.event("t", "/s", 1, "{'a':[{'x':0},{'x':1,'y':3}" + others + "]}")))
                .isTrue();
    }
}

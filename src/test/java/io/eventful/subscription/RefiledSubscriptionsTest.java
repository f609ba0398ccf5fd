package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index, while subscriptions come, change and go whose event patterns have parts in common. */
class RefiledSubscriptionsTest {

    private static final List<String> VALUES = List.of(
            "'xa'",
            "5",
            "{'prefix':'x'}",
            "{'prefix':'q'}",
            "{'suffix':'z'}",
            "{'wildcard':'x*z'}",
            "{'wildcard':'*a'}",
            "{'anything-but':['xa']}",
            "{'anything-but':{'prefix':'q'}}",
            "{'equals-ignore-case':'XA'}",
            "{'numeric':['>',5]}",
            "{'numeric':['<',7]}",
            "{'numeric':['>=',5,'<=',6]}",
            "{'numeric':['=',10]}",
            "{'numeric':['>',-3,'<',0.5]}",
            "{'equals-ignore-case':'qA'}",
            "{'cidr':'10.0.0.0/8'}",
            "{'exists':false}",
            "{'exists':true}");

    private static final List<String> PAYLOADS = List.of(
            "{}",
            "{'a':'xa'}",
            "{'a':'xz','b':'qa'}",
            "{'a':'qz','b':6}",
            "{'a':5,'b':'xa'}",
            "{'a':10}",
            "{'a':-1.5,'b':'10.1.2.3'}",
            "{'a':[],'b':null}",
            "{'a':{'c':1},'b':-0.0}",
            "{'a':1e400,'b':'5'}",
            "{'a':['xa',6],'b':['qa']}",
            "{'b':'XA'}");

    private record Step(int subscription, String filter) {}

    private static Arbitrary<String> values() {
        return Arbitraries.of(VALUES).set().ofMinSize(1).ofMaxSize(3).map(some -> "[" + String.join(",", some) + "]");
    }

    private static Arbitrary<String> members() {
        return Arbitraries.maps(Arbitraries.of("a", "b"), values()).ofMinSize(1).map(RefiledSubscriptionsTest::object);
    }

    private static String object(Map<String, String> members) {
        List<String> each = new ArrayList<>();
        new TreeMap<>(members).forEach((name, values) -> each.add("'" + name + "':" + values));
        return "{" + String.join(",", each) + "}";
    }

    /** Changes of few subscriptions; an empty filter deletes one. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> pattern = Arbitraries.oneOf(
                members(),
                members().list().ofMinSize(2).ofMaxSize(3).map(each -> "{'$or':[" + String.join(",", each) + "]}"));
        Arbitrary<String> filter = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, pattern.map(each -> "{'data':" + each + "}")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("", "{'exact':{'type':'t'}}", "{'sql':'TRUE'}")));
        return Combinators.combine(Arbitraries.integers().between(0, 2), filter)
                .as(Step::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(30);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void theIndexFindsWhatAskingEachFinds(@ForAll("steps") List<Step> steps) {
        SubscriptionIndex index = new SubscriptionIndex();
        Map<String, SubscriptionRequest> present = new TreeMap<>();
        for (Step step : steps) {
            String id = "s" + step.subscription();
            if (step.filter().isEmpty()) {
                present.remove(id);
                index.remove(id);
            } else {
                present.put(id, Samples.request("'filters':[" + step.filter() + "]"));
                index.put(id, present.get(id));
            }
            for (String payload : PAYLOADS)
                assertThat(found(index, present, payload)).isEqualTo(wanted(present, payload));
        }
    }

    private static Set<String> found(
            SubscriptionIndex index, Map<String, SubscriptionRequest> present, String payload) {
        Event event = Samples.event("t", "/s", 1, payload);
        Set<String> found = new HashSet<>();
        index.find("c", new EventView(event), id -> {
            SubscriptionRequest request = present.get(id);
            if (request != null && request.wants("c", event)) found.add(id);
        });
        return found;
    }

    private static Set<String> wanted(Map<String, SubscriptionRequest> present, String payload) {
        Event event = Samples.event("t", "/s", 1, payload);
        Set<String> wanted = new HashSet<>();
        present.forEach((id, request) -> {
            if (request.wants("c", event)) wanted.add(id);
        });
        return wanted;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':[{'prefix':'x'}]} | {'a':[{'prefix':'x'},{'prefix':'q'}]} | {'a':'xa'}",
                "{'a':[{'prefix':'x'},{'prefix':'y'}]} | {'a':[{'prefix':'y'}]} | {'a':'ya'}",
                "{'a':[{'numeric':['>',5]},{'exists':false}]} | {'a':[{'numeric':['>',5]}]} | {'a':6}",
                "{'$or':[{'a':[{'prefix':'x'}]},{'b':[{'prefix':'x'}]}]} | {'b':[{'prefix':'x'}]} | {'b':'x'}"
            })
    void aChangedPatternKeepsWhatItSharesWithTheOldOne(String old, String changed, String payload) {
        SubscriptionIndex index = new SubscriptionIndex();
        index.put("s", Samples.request("'filters':[{'data':" + old + "}]"));
        SubscriptionRequest request = Samples.request("'filters':[{'data':" + changed + "}]");
        index.put("s", request);
        assertThat(found(index, Map.of("s", request), payload)).containsExactly("s");
    }

    /** Patterns that are gone do not stay in memory for ever, and those that stay are found still. */
    @Test
    void manyChangesOfOnePatternLeaveTheOthers() {
        SubscriptionIndex index = new SubscriptionIndex();
        SubscriptionRequest other = Samples.request("'filters':[{'data':{'a':[{'prefix':'x1'}]}}]");
        index.put("other", other);
        for (int i = 0; i < 300; i++)
            index.put("s", Samples.request("'filters':[{'data':{'a':[{'prefix':'x" + i + "'}]}}]"));
        assertThat(found(index, Map.of("other", other), "{'a':'x1'}")).containsExactly("other");
        Set<String> asked = new HashSet<>();
        index.find("c", new EventView(Samples.event("t", "/s", 1, "{'a':'x299'}")), asked::add);
        assertThat(asked).containsExactly("s");
    }

    /** An event that meets a subscription before and after its change is not lost to it. */
    @Test
    void oneThatMovesDuringASearchIsFound() {
        SubscriptionIndex index = new SubscriptionIndex();
        index.put("mover", Samples.request(""));
        index.put("first", Samples.request("'filters':[{'data':{'a':[1]}}]"));
        Set<String> found = new HashSet<>();
        index.find("c", new EventView(Samples.event("t", "/s", 1, "{'a':1}")), id -> {
            // Texts have been looked up, and what is asked for each event has not.
            if (found.isEmpty()) index.put("mover", Samples.request("'types':['t']"));
            found.add(id);
        });
        assertThat(found).containsExactlyInAnyOrder("first", "mover");
    }
}

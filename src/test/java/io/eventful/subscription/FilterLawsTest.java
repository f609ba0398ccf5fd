package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
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

/** The laws of filters, and that the index never loses a match. */
class FilterLawsTest {

    private static Filter filter(String... filters) {
        return Samples.request("'filters':[" + String.join(",", filters) + "]").filters();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "ab", "ba", "aab", "abb");
    }

    @Provide
    Arbitrary<Event> events() {
        return Combinators.combine(
                        texts(),
                        texts(),
                        texts(),
                        Arbitraries.of(
                                "{'x':1}",
                                "{'x':1.0,'y':{'z':'a'}}",
                                "{'x':[2,1],'y':[{'z':'b'}]}",
                                "{'y.z':'a'}",
                                "[]",
                                "{'x':null,'y':{'z':true}}"))
                .as((type, subject, extension, data) -> new Event(
                        "id",
                        "/s",
                        type,
                        subject,
                        null,
                        null,
                        null,
                        Map.of("ext", extension),
                        data.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of("exact", "prefix", "suffix"),
                                Arbitraries.of("type", "subject", "ext", "absent"),
                                texts())
                        .as((dialect, name, value) -> "{'" + dialect + "':{'" + name + "':'" + value + "'}}"),
                Combinators.combine(texts(), texts())
                        .as((type, subject) -> "{'exact':{'type':'" + type + "','subject':'" + subject + "'}}"),
                Arbitraries.of(
                        "{'data':{'x':[1]}}",
                        "{'data':{'x':[1,2],'y':{'z':['a']}}}",
                        "{'data':{'y':{'z':[{'prefix':'a'},'b']}}}",
                        "{'data':{'x':[null]}}",
                        "{'data':{'y':{'z':[true]}}}",
                        "{'data':{'$or':[{'x':[1]},{'y':{'z':['b']}}]}}",
                        "{'data':{'y.z':['a']}}",
                        "{'data':{'$or':[{'x':[{'numeric':['>',1]}]},{'y':{'z':[{'exists':true}]}}]}}",
                        "{'data':{'x':[{'numeric':['>=',1,'<',2]}]}}",
                        "{'sql':'EXISTS absent'}",
                        "{'sql':'type = subject'}"),
                Combinators.combine(
                                Arbitraries.of(
                                        "@ = \\\"#\\\"",
                                        "\\\"#\\\" = @",
                                        "@ != \\\"#\\\"",
                                        "@ IN (\\\"#\\\", \\\"b\\\")",
                                        "@ NOT IN (\\\"#\\\")",
                                        "@ LIKE \\\"#%\\\"",
                                        "@ LIKE \\\"%#\\\"",
                                        "@ LIKE \\\"_#\\\"",
                                        "@ LIKE \\\"#\\\"",
                                        "@ NOT LIKE \\\"#%\\\"",
                                        "@ LIKE \\\"a%\\\" AND (type = \\\"#\\\")",
                                        "@ = \\\"#\\\" OR subject LIKE \\\"a%\\\"",
                                        "@ = \\\"#\\\" OR EXISTS ext",
                                        "NOT (@ = \\\"#\\\")",
                                        "@ = \\\"#\\\" XOR TRUE"),
                                Arbitraries.of("type", "subject", "ext", "absent"),
                                texts())
                        .as((sql, name, value) ->
                                "{'sql':'" + sql.replace("@", name).replace("#", value) + "'}"));
        return nested(leaf, 4);
    }

    private static Arbitrary<String> nested(Arbitrary<String> leaf, int depth) {
        if (depth == 0) return leaf;
        Arbitrary<String> part = nested(leaf, depth - 1);
        Arbitrary<String> parts = part.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join(",", list));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, leaf),
                net.jqwik.api.Tuple.of(1, parts.map(list -> "{'all':[" + list + "]}")),
                net.jqwik.api.Tuple.of(1, parts.map(list -> "{'any':[" + list + "]}")),
                net.jqwik.api.Tuple.of(1, part.map(each -> "{'not':" + each + "}")));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void deMorgan(@ForAll("filters") String a, @ForAll("filters") String b, @ForAll("events") Event event) {
        assertThat(filter("{'not':{'all':[" + a + "," + b + "]}}").matches(event))
                .isEqualTo(
                        filter("{'any':[{'not':" + a + "},{'not':" + b + "}]}").matches(event));
        assertThat(filter("{'not':{'any':[" + a + "," + b + "]}}").matches(event))
                .isEqualTo(
                        filter("{'all':[{'not':" + a + "},{'not':" + b + "}]}").matches(event));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aListOfFiltersIsTheirConjunction(
            @ForAll("filters") String a, @ForAll("filters") String b, @ForAll("events") Event event) {
        boolean both = filter(a).matches(event) && filter(b).matches(event);
        assertThat(filter(a, b).matches(event)).isEqualTo(both);
        assertThat(filter("{'all':[" + b + "," + a + "]}").matches(event)).isEqualTo(both);
        assertThat(filter("{'not':{'not':" + a + "}}").matches(event))
                .isEqualTo(filter(a).matches(event));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theIndexFindsExactlyWhatAskingEachWouldFind(
            @ForAll("requests") List<JsonNode> documents,
            @ForAll("requests") List<JsonNode> replacements,
            @ForAll("events") Event event) {
        SubscriptionIndex index = new SubscriptionIndex();
        List<SubscriptionRequest> requests = new ArrayList<>();
        for (JsonNode document : documents) {
            SubscriptionRequest request = Samples.requests().parse(document);
            index.put("s" + requests.size(), request);
            requests.add(request);
        }
        for (int i = 0; i < Math.min(requests.size(), replacements.size()); i += 2) {
            requests.set(i, Samples.requests().parse(replacements.get(i)));
            index.put("s" + i, requests.get(i));
        }
        if (requests.size() > 3) index.remove("s3");
        for (String channel : List.of("c1", "c2", "eventful.operations")) {
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < requests.size(); i++)
                if (i != 3 && requests.get(i).wants(channel, event)) expected.add("s" + i);
            Set<String> found = new HashSet<>();
            EventView view = new EventView(event);
            index.find(channel, view, id -> {
                if (requests.get(Integer.parseInt(id.substring(1))).wants(channel, event)) found.add(id);
            });
            assertThat(found).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<JsonNode>> requests() {
        return Combinators.combine(
                        filters().list().ofMaxSize(2),
                        texts().list().ofMaxSize(2),
                        Arbitraries.of("", "'config':{'channel':'c1'},", "'config':{'channel':'eventful.operations'},"))
                .as((filters, types, config) -> Samples.json("{'sink':'https://example.com/'," + config + "'types':["
                        + String.join(
                                ",",
                                types.stream().map(type -> "'" + type + "'").toList()) + "],'filters':["
                        + String.join(",", filters) + "]}"))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 200)
    void whatIsSealedOpensOnlyInItsPlace(@ForAll String secret, @ForAll String place, @ForAll byte flip) {
        java.security.SecureRandom random = new java.security.SecureRandom();
        Vault vault = new Vault(new javax.crypto.spec.SecretKeySpec(new byte[32], "AES"), random);
        String text = new String(
                secret.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        byte[] sealed = vault.seal(text, place);
        assertThat(vault.open(sealed, place)).isEqualTo(text);
        assertThat(vault.seal(text, place)).isNotEqualTo(sealed);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> vault.open(sealed, place + "x"))
                .isInstanceOf(IllegalStateException.class);
        sealed[Math.floorMod(flip, sealed.length)] ^= 1;
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> vault.open(sealed, place))
                .isInstanceOf(IllegalStateException.class);
    }
}

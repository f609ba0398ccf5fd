package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of an array decides how small its patch is. */
class ArrayAlignmentTest {

    private static ArrayNode array(int... elements) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int element : elements) array.add(new RawNumber(Integer.toString(element)));
        return array;
    }

    /** All arrays of up to four elements of three kinds. */
    private static List<ArrayNode> smallOnes() {
        List<ArrayNode> all = new ArrayList<>(List.of(array()));
        for (int start = 0, length = 0; length < 4; length++) {
            int end = all.size();
            for (int i = start; i < end; i++)
                for (int kind = 0; kind < 3; kind++)
                    all.add(all.get(i).deepCopy().add(new RawNumber(Integer.toString(kind))));
            start = end;
        }
        return all;
    }

    private static int longestCommon(JsonNode from, int i, JsonNode to, int j) {
        if (i == from.size() || j == to.size()) return 0;
        if (from.get(i).equals(to.get(j))) return 1 + longestCommon(from, i + 1, to, j + 1);
        return Math.max(longestCommon(from, i + 1, to, j), longestCommon(from, i, to, j + 1));
    }

    @Test
    void asMuchIsKeptAsCanBe() {
        List<ArrayNode> all = smallOnes();
        assertThat(all).hasSize(121);
        for (ArrayNode from : all)
            for (ArrayNode to : all) {
                ArrayAlignment alignment = ArrayAlignment.of(from, to);
                String both = from + " " + to;
                assertThat(alignment.size()).as(both).isEqualTo(longestCommon(from, 0, to, 0));
                for (int k = 0; k < alignment.size(); k++) {
                    assertThat(from.get(alignment.from(k))).as(both).isEqualTo(to.get(alignment.to(k)));
                    if (k == 0) continue;
                    assertThat(alignment.from(k)).as(both).isGreaterThan(alignment.from(k - 1));
                    assertThat(alignment.to(k)).as(both).isGreaterThan(alignment.to(k - 1));
                }
            }
    }

    @Test
    void ofLongArraysThatDifferMuchTheBeginningAndTheEndAreKept() {
        int[] from = new int[1200];
        int[] to = new int[1300];
        for (int i = 0; i < from.length; i++) from[i] = i < 2 ? i : 1000 + i;
        for (int i = 0; i < to.length; i++) to[i] = i < 2 ? i : 1001 + i;
        for (int i = 1; i <= 3; i++) {
            from[from.length - i] = -i;
            to[to.length - i] = -i;
        }
        ArrayAlignment alignment = ArrayAlignment.of(array(from), array(to));
        assertThat(alignment.size()).isEqualTo(5);
        assertThat(alignment.from(1)).isEqualTo(1);
        assertThat(alignment.from(2)).isEqualTo(1197);
        assertThat(alignment.to(2)).isEqualTo(1297);
    }
}

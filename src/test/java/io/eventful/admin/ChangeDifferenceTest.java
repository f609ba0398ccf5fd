package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.admin.ChangeDifference.Member;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console shows of a change, member by member. */
class ChangeDifferenceTest {

    private static ObjectNode change(String before, String after) {
        JsonNode from = Json.parse(before);
        JsonNode to = Json.parse(after);
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.set("before", from);
        change.set("after", to);
        change.set("patch", JsonPatch.diff(from, to));
        return change;
    }

    /** Each operation on an array shifts the elements that the next one names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2,3,4] | [3,4] | removed 1; removed 2",
                "[1,2,3] | [2,4] | removed 1; changed 3 4",
                "[1,2] | [0,1,3] | added 0; changed 2 3",
                "[[1,2],5] | [[2],6] | removed 1; changed 5 6"
            })
    void anElementIsShownAsItWas(String before, String after, String expected) {
        assertThat(ChangeDifference.of(change("{\"l\":" + before + "}", "{\"l\":" + after + "}"))
                        .members())
                .extracting(member -> String.join(" ", member.kind(), member.before(), member.after())
                        .replace("  ", " ")
                        .strip())
                .containsExactly(expected.split("; "));
    }

    @Test
    void whatIsTooMuchIsCounted() {
        String before =
                IntStream.range(0, 700).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        String after = before.replace(":1", ":2");
        ChangeDifference updated = ChangeDifference.of(change(before, after));
        assertThat(updated.members()).hasSize(500);
        assertThat(updated.more()).isEqualTo(200);
        assertThat(ChangeDifference.of(change("null", before)).more()).isEqualTo(200);
        assertThat(ChangeDifference.of(change("{\"a\":1}", "{\"a\":2}")).more()).isZero();
    }

    @Test
    void theChangeItselfStays() {
        ObjectNode change = change("{\"l\":[1,2,{\"a\":[3]}],\"b\":1}", "{\"l\":[2,{\"a\":[]}],\"c\":{\"d\":1}}");
        JsonNode same = change.deepCopy();
        ChangeDifference.of(change);
        assertThat(change).isEqualTo(same);
    }

    @Test
    void membersOfObjectsAreShownByTheirPointers() {
        assertThat(ChangeDifference.of(change("{\"a/b\":1,\"1\":2}", "{\"a/b\":2,\"2\":3}"))
                        .members())
                .containsExactly(
                        new Member("/a~1b", "changed", "1", "2"),
                        new Member("/1", "removed", "2", ""),
                        new Member("/2", "added", "", "3"));
    }

    @Test
    void anItemThatIsMadeIsShownLikeOneThatIsChanged() {
        assertThat(ChangeDifference.of(change("null", "{\"a/b\":1}")).members())
                .containsExactly(new Member("/a~1b", "added", "", "1"));
        assertThat(ChangeDifference.of(change("{\"a~b\":1}", "null")).members())
                .containsExactly(new Member("/a~0b", "removed", "1", ""));
        assertThat(ChangeDifference.of(change("1", "[2]")).members())
                .containsExactly(new Member("the whole item", "changed", "1", "[2]"));
    }
}

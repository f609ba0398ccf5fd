package io.eventful.receive;

import static io.eventful.ledger.Relayed.Received.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.ledger.Relayed.Received;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DivisionTest {

    private static final long HEAD = 100;

    private final Map<String, Long> done = new HashMap<>();

    private Division division(List<Received> former, Map<String, String> paths) {
        return new Division(
                former,
                paths,
                route -> done.containsKey(route) ? OptionalLong.of(done.get(route)) : OptionalLong.empty(),
                HEAD);
    }

    private static Received open(String route, String path, long since) {
        return new Received(route, path, since, OPEN);
    }

    @Test
    void aRouteThatIsNewBeginsAtTheHead() {
        Division division = division(List.of(), Map.of("new", "/a"));
        assertThat(division.shares().all()).containsExactly(open("new", "/a", HEAD));
        assertThat(division.positions()).containsExactly(Map.entry("new", HEAD));
    }

    @Test
    void aRouteThatStaysGoesOnWhereItWas() {
        done.put("one", 40L);
        List<Received> former = List.of(open("one", "/a", 7));
        Division division = division(former, Map.of("one", "/a"));
        assertThat(division.shares().all()).isEqualTo(former);
        assertThat(division.positions()).isEmpty();
    }

    @Test
    void ofARouteOfAnOlderVersionItsPositionIsKnownAlone() {
        done.put("one", 40L);
        Division division = division(List.of(), Map.of("one", "/a", "two", "/b"));
        assertThat(division.shares().all()).containsExactly(open("one", "/a", 0), open("two", "/b", HEAD));
        assertThat(division.positions()).containsExactly(Map.entry("two", HEAD));
    }

    @Test
    void aRouteThatGoesToAnotherPathKeepsWhatCameInAtTheFormerOne() {
        done.put("one", 40L);
        Division division = division(List.of(open("one", "/a", 7)), Map.of("one", "/b"));
        assertThat(division.shares().all()).containsExactly(open("one", "/a", 7), open("one", "/b", HEAD));
        assertThat(division.positions()).isEmpty();
    }

    @Test
    void whereAnotherOneReceivesNowItKeepsWhatCameInUntilThen() {
        done.put("one", 40L);
        Division division = division(List.of(open("one", "/a", 7)), Map.of("one", "/b", "two", "/a"));
        assertThat(division.shares().all())
                .containsExactly(new Received("one", "/a", 7, HEAD), open("one", "/b", HEAD), open("two", "/a", HEAD));
    }

    @Test
    void twoThatExchangeTheirPathsEachKeepWhatIsTheirs() {
        done.put("one", 40L);
        done.put("two", 60L);
        Division division =
                division(List.of(open("one", "/a", 7), open("two", "/b", 8)), Map.of("one", "/b", "two", "/a"));
        assertThat(division.shares().all())
                .containsExactly(
                        new Received("one", "/a", 7, HEAD),
                        open("one", "/b", HEAD),
                        open("two", "/a", HEAD),
                        new Received("two", "/b", 8, HEAD));
    }

    @Test
    void whatIsHandledIsForgotten() {
        done.put("one", 100L);
        Division division = division(
                List.of(new Received("one", "/a", 7, 90), open("one", "/b", 80), new Received("gone", "/a", 0, 5)),
                Map.of("one", "/b"));
        assertThat(division.shares().all()).containsExactly(open("one", "/b", 80));
    }

    @Test
    void whatARouteLeftThatIsGoneIsTheNewOnesOfItsPath() {
        done.put("old", 40L);
        Division division = division(List.of(open("old", "/a", 7)), Map.of("new", "/a", "other", "/a"));
        assertThat(division.shares().all()).containsExactly(open("new", "/a", 40), open("other", "/a", 40));
        assertThat(division.positions()).containsOnly(Map.entry("new", 40L), Map.entry("other", 40L));
    }

    @Test
    void whatNobodyHasTakenOverWaitsForWhoComesLater() {
        done.put("old", 40L);
        Division gone = division(List.of(open("old", "/a", 7)), Map.of());
        assertThat(gone.shares().all()).containsExactly(open("old", "/a", 7));
        Division later = division(gone.shares().all(), Map.of("new", "/a"));
        assertThat(later.shares().all()).containsExactly(open("new", "/a", 40));
    }

    @Test
    void whoStaysAtThePathTakesNothingOver() {
        done.put("old", 40L);
        done.put("stays", 90L);
        List<Received> former = List.of(open("old", "/a", 7), open("stays", "/a", 7));
        Division division = division(former, Map.of("stays", "/a"));
        assertThat(division.shares().all()).containsExactly(new Received("old", "/a", 7, HEAD), open("stays", "/a", 7));
        Division back = division(division.shares().all(), Map.of("stays", "/a", "old", "/a"));
        assertThat(back.shares().all()).isEqualTo(former);
    }

    @Test
    void whoTakesOverReadsAgainAndLeavesOutWhatItHasHandled() {
        done.put("old", 40L);
        done.put("heir", 70L);
        Division division = division(List.of(open("heir", "/b", 7), open("old", "/a", 8)), Map.of("heir", "/a"));
        assertThat(division.shares().all()).containsExactly(open("heir", "/a", 40), open("heir", "/b", 70));
        assertThat(division.positions()).containsExactly(Map.entry("heir", 40L));
    }

    @Test
    void whoHasComeLessFarReadsOn() {
        done.put("old", 70L);
        done.put("heir", 40L);
        Division division = division(List.of(open("heir", "/b", 7), open("old", "/a", 8)), Map.of("heir", "/a"));
        assertThat(division.shares().all()).containsExactly(open("heir", "/a", 70), open("heir", "/b", 40));
        assertThat(division.positions()).isEmpty();
    }

    @Test
    void whatTheGoneOneHadFromAFormerPathGoesWithIt() {
        done.put("old", 40L);
        Division division = division(List.of(open("old", "/a", 7), open("old", "/b", 30)), Map.of("new", "/b"));
        assertThat(division.shares().all()).containsExactly(open("new", "/a", 40), open("new", "/b", 40));
    }
}

package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteChecksTest {

    @TempDir
    Path folder;

    private List<String> problems(String... files) {
        try (Bench bench = new Bench(folder)) {
            for (int i = 0; i < files.length; i++) bench.write((char) ('a' + i) + ".yaml", files[i]);
            RouteSetException refused = catchThrowableOfType(RouteSetException.class, bench.sets::start);
            assertThat(refused).as("the set is refused").isNotNull();
            return refused.problems().stream()
                    .map(problem -> problem.text().replace(folder + "/", ""))
                    .toList();
        }
    }

    @Test
    void brokenYamlIsNamedWithItsPlace() {
        assertThat(problems("- route:\n    id: a\n   from: b\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3:4: error yaml-syntax: ");
    }

    @Test
    void whatIsNoYamlForAnotherReasonIsToldSo() {
        assertThat(problems("- route:\n    id: \"\u0007\"\n"))
                .containsExactly("a.yaml:2:10: error yaml-syntax: invalid YAML: the character U+0007 is not allowed;"
                        + " delete it, or write it as an escape sequence in double quotes");
        assertThat(problems("- beans: []\n---\n- beans: []\n"))
                .containsExactly("a.yaml:2:1: error yaml-syntax: the file contains more than one YAML document;"
                        + " join them to one list, without ---");
    }

    @Test
    void aFileThatAnEditorHasOnlyEmptiedYetDoesNotTakeItsRoutesAway() {
        assertThat(problems(""))
                .containsExactly("a.yaml: error empty-file: the file is empty; add routes, or delete the file");
    }

    @Test
    void aFolderWithoutRouteFilesIsWarnedOf() {
        try (Bench bench = new Bench(folder)) {
            bench.sets.start();
            assertThat(bench.sets.state().lastReload().orElseThrow().problems())
                    .extracting(RouteProblem::rule, RouteProblem::isError)
                    .containsExactly(tuple("no-route-files", false));
        }
    }

    @Test
    void everyProblemOfEveryFileIsFoundAtOnce() {
        assertThat(problems("""
            - route:
                id: same
                from:
                  uri: direct:a
                  steps:
                    - filtr: {simple: "${body}"}
                    - log: {mesage: "x"}
            """, """
            - route:
                id: same
                from:
                  uri: direct:b
                  steps:
                    - transformDataType: {toType: "event:stat"}
                    - to: {uri: "chanel:events"}
                    - setBody: {simple: "${body.after"}
            - route:
                id: third
                from:
                  uri: "timer:x?perod=1s"
                  steps:
                    - to: {uri: "mock:x"}
            """, """
            - route:
                id: nothing
                steps: []
            """, "- from: {uri: direct:q, steps: [{to: mock:x}]}\n- rout: {id: x}\n"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("a.yaml:6:11: error unknown-step: ")
                        .contains("did you mean \"filter\"?"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("a.yaml:7:17: error unknown-option: ")
                        .contains("did you mean \"message\"?"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("b.yaml:6:39: error unknown-data-type")
                        .contains("did you mean \"event:state\"?"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("b.yaml:7:21: error unknown-component: ")
                        .contains("did you mean \"channel\"?"))
                .anySatisfy(p -> assertThat(p).startsWith("b.yaml:8:29: error simple-syntax: "))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("b.yaml:12:21: error unknown-endpoint-option: ")
                        .contains("did you mean \"period\"?"))
                .anySatisfy(p -> assertThat(p).startsWith("c.yaml:2:5: error missing-option: "))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("d.yaml:2:3: error unknown-step: ")
                        .contains("did you mean \"route\"?"));
    }

    @Test
    void anUnknownStepDoesNotHideAWrongAddressInTheSameFile() {
        assertThat(problems("""
            - route:
                id: a
                from:
                  uri: timer:x?perod=1s
                  steps:
                    - tto: {uri: "mock:x"}
            """))
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).startsWith("a.yaml:4:20: error unknown-endpoint-option: "))
                .anySatisfy(p -> assertThat(p).startsWith("a.yaml:6:11: error unknown-step: "));
    }

    @Test
    void aFileThatContainsItselfOrGrowsWithoutEndIsRefused() {
        assertThat(problems("- &a\n  route: *a\n", bomb()))
                .anySatisfy(p -> assertThat(p).startsWith("a.yaml:").contains("alias-loop"))
                .anySatisfy(p -> assertThat(p).startsWith("b.yaml:").contains("aliases"));
    }

    private static String bomb() {
        StringBuilder yaml = new StringBuilder("- beans: &b0 [{name: x, type: y}]\n");
        for (int i = 1; i < 30; i++) yaml.append("- beans: &b%d [*b%d, *b%d]\n".formatted(i, i - 1, i - 1));
        return yaml.toString();
    }
}

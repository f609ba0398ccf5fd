package io.eventful.architecture;

import static io.eventful.architecture.CodeBase.fixture;
import static io.eventful.architecture.CodeBase.fixtureBase;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Each rule, tried on a tree of classes that breaks it: a rule that cannot fail guards nothing. */
class RulesNoticeViolationsTest {

    @Test
    void jdbcOutsideItsOwners() {
        List<String> found = violations(Rules.jdbcStaysWithItsOwners(fixtureBase("jdbc")), "jdbc");

        assertThat(found).isNotEmpty().allMatch(line -> line.contains("jdbc.admin.AsksTheDatabase"));
    }

    @Test
    void vertxOutsideItsOwners() {
        List<String> found = violations(Rules.vertxStaysWithItsOwners(fixtureBase("vertx")), "vertx");

        assertThat(found).isNotEmpty().allMatch(line -> line.contains("vertx.ledger.HoldsABuffer"));
    }

    @Test
    void camelOutsideItsOwners() {
        List<String> found = violations(Rules.camelStaysWithItsOwners(fixtureBase("camel")), "camel");

        assertThat(found).isNotEmpty().allMatch(line -> line.contains("camel.edge.TakesAnExchange"));
    }

    @Test
    void frameworksInEvent() {
        List<String> found = violations(Rules.eventKnowsNoFramework(fixtureBase("framework")), "framework");

        assertThat(found)
                .anyMatch(line -> line.contains("event.SpringInEvent"))
                .anyMatch(line -> line.contains("event.CamelInEvent"))
                .anyMatch(line -> line.contains("event.VertxInEvent"))
                .noneMatch(line -> line.contains("package-info"));
    }

    @Test
    void clocksAndSleep() {
        List<String> found = violations(Rules.timeIsInjected(fixtureBase("time")), "time");

        assertThat(found)
                .anyMatch(line -> line.contains("ReadsTheClock.millis()"))
                .anyMatch(line -> line.contains("ReadsTheClock.instant()"))
                .anyMatch(line -> line.contains("ReadsTheClock.date()"))
                .anyMatch(line -> line.contains("ReadsTheClock.oldDate()"))
                .anyMatch(line -> line.contains("ReadsTheClock.reference()"))
                .anyMatch(line -> line.contains("ReadsTheClock.ownClock()"))
                .anyMatch(line -> line.contains("ReadsTheClock.sleep()"))
                .anyMatch(line -> line.contains("ReadsTheClock.sleepInUnits()"))
                .noneMatch(line -> line.contains("ReadsTheClock.allowed("))
                .noneMatch(line -> line.contains("TheClock.clock()"));
    }

    @Test
    void staticStateThatChanges() {
        List<String> found = violations(Rules.staticStateDoesNotChange(), "state");

        assertThat(found).hasSize(1).allMatch(line -> line.contains("Counts.count"));
    }

    @Test
    void packagesWithoutTheNullMark() {
        List<String> found = violations(Rules.packagesAreNullMarked(), "nullness");

        assertThat(found).hasSize(1).allMatch(line -> line.contains("nullness.unmarked.Unmarked"));
    }

    @Test
    void arrowsThatAreNotDeclared() {
        var found =
                ApplicationModules.of(fixtureBase("modules"), location -> true).detectViolations();

        assertThat(found.getMessages())
                .anyMatch(message -> message.contains("'upper' depends on module 'lower'"))
                .anyMatch(message -> message.contains("Cycle detected"));
    }

    private static List<String> violations(ArchRule rule, String fixture) {
        EvaluationResult result = rule.evaluate(fixture(fixtureBase(fixture)));
        return result.getFailureReport().getDetails();
    }
}

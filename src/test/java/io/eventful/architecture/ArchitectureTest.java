package io.eventful.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.eventful.EventfulGateway;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the shipped code to the rules; {@link RulesNoticeViolationsTest} shows that the rules can fail. */
class ArchitectureTest {

    private static JavaClasses shipped;

    @BeforeAll
    static void readTheCode() {
        shipped = CodeBase.shipped();
    }

    @Test
    void everyPackageOfTheSourcesIsLookedAt() {
        assertThat(CodeBase.packagesIn(shipped, CodeBase.BASE))
                .isNotEmpty()
                .containsExactlyElementsOf(CodeBase.packagesInSources());
        assertThat(shipped).noneMatch(type -> type.getPackageName().contains(".architecture"));
    }

    @Test
    void packagesUseEachOtherOnlyAsTheyDeclare() {
        ApplicationModules modules = ApplicationModules.of(EventfulGateway.class, CodeBase.SHIPPED);

        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrderElementsOf(CodeBase.packagesInSources());
        modules.verify();
    }

    @Test
    void jdbcStaysWithItsOwners() {
        check(Rules.jdbcStaysWithItsOwners(CodeBase.BASE), Rules.JDBC_OWNERS);
    }

    @Test
    void vertxStaysWithItsOwners() {
        check(Rules.vertxStaysWithItsOwners(CodeBase.BASE), Rules.VERTX_OWNERS);
    }

    @Test
    void camelStaysWithItsOwners() {
        check(Rules.camelStaysWithItsOwners(CodeBase.BASE), Rules.CAMEL_OWNERS);
    }

    @Test
    void eventKnowsNoFramework() {
        check(Rules.eventKnowsNoFramework(CodeBase.BASE), List.of("event"));
    }

    @Test
    void timeIsInjected() {
        check(Rules.timeIsInjected(CodeBase.BASE), List.of(""));
    }

    @Test
    void staticStateDoesNotChange() {
        Rules.staticStateDoesNotChange().allowEmptyShould(true).check(shipped);
    }

    @Test
    void packagesAreNullMarked() {
        Rules.packagesAreNullMarked().check(shipped);
    }

    /** A rule about a package that is in the sources must see classes of it, or it would hold by looking at nothing. */
    private static void check(ArchRule rule, List<String> packagesItNames) {
        var expected = new TreeSet<>(CodeBase.packagesInSources());
        expected.retainAll(packagesItNames);
        var seen = new TreeSet<String>();
        for (JavaClass type : shipped) {
            seen.add(Rules.area(type, CodeBase.BASE));
        }
        assertThat(seen).containsAll(expected);
        rule.check(shipped);
    }
}

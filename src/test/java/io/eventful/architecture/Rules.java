package io.eventful.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Who may use what. Each rule takes the base package, so that it can be tried on a tree that breaks it. */
final class Rules {

    static final List<String> JDBC_OWNERS =
            List.of("store", "ledger", "channel", "subscription", "delivery", "command", "view", "catalog");
    static final List<String> VERTX_OWNERS = List.of("edge", "delivery");
    static final List<String> CAMEL_OWNERS =
            List.of("", "capture", "channel", "delivery", "exchange", "receive", "view", "routes", "routetest");

    private static final Set<String> SLEEPERS = Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit");
    private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");
    private static final Set<String> DATES_THAT_READ_THE_CLOCK =
            Set.of("java.util.Date", "java.util.GregorianCalendar");

    private Rules() {}

    static ArchRule jdbcStaysWithItsOwners(String base) {
        return libraryStaysWith(
                base,
                JDBC_OWNERS,
                "java.sql..",
                "javax.sql..",
                "org.sqlite..",
                "org.postgresql..",
                "com.zaxxer.hikari..",
                "org.flywaydb..");
    }

    static ArchRule vertxStaysWithItsOwners(String base) {
        return libraryStaysWith(base, VERTX_OWNERS, "io.vertx..");
    }

    static ArchRule camelStaysWithItsOwners(String base) {
        return libraryStaysWith(base, CAMEL_OWNERS, "org.apache.camel..");
    }

    private static ArchRule libraryStaysWith(String base, List<String> owners, String... library) {
        return noClasses()
                .that(describe("are outside " + owners, type -> !owners.contains(area(type, base))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library));
    }

    /** Events outlive every library that carries them; the module mark in package-info is no library. */
    static ArchRule eventKnowsNoFramework(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + ".event..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.camel..", "org.springframework..", "io.vertx.."));
    }

    /** The system's clock is named once, in the base package, where the one {@link Clock} bean is made. */
    static ArchRule timeIsInjected(String base) {
        return noClasses().should().accessTargetWhere(describe("reads the system's clock or sleeps", access -> {
            String owner = access.getTargetOwner().getFullName();
            return readsTheClock(owner, access)
                    || sleeps(owner, access)
                    || (makesAClock(owner, access)
                            && !access.getOriginOwner().getPackageName().equals(base));
        }));
    }

    private static boolean readsTheClock(String owner, JavaAccess<?> access) {
        if (owner.equals("java.lang.System")) {
            return access.getName().equals("currentTimeMillis");
        }
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && ((owner.startsWith("java.time.") && target.getName().equals("now") && !takesAClock(target))
                        || (DATES_THAT_READ_THE_CLOCK.contains(owner)
                                && target.getName().equals("<init>")
                                && target.getRawParameterTypes().isEmpty()));
    }

    private static boolean sleeps(String owner, JavaAccess<?> access) {
        return SLEEPERS.contains(owner) && access.getName().equals("sleep");
    }

    private static boolean makesAClock(String owner, JavaAccess<?> access) {
        return CLOCKS.contains(owner)
                && access.getTarget() instanceof CodeUnitAccessTarget target
                && (target.getName().startsWith("system")
                        || (target.getName().startsWith("tick") && !takesAClock(target)));
    }

    private static boolean takesAClock(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    static ArchRule staticStateDoesNotChange() {
        return fields().that(describe("are static and written in the sources", Rules::isStaticInSources))
                .should()
                .beFinal()
                .because("state that changes belongs to an object that somebody owns and closes");
    }

    private static boolean isStaticInSources(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    /** Without the mark, the null checker passes over a package in silence. */
    static ArchRule packagesAreNullMarked() {
        return classes()
                .should(ArchCondition.from(describe(
                        "live in a @NullMarked package",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
    }

    /** The package directly below the base that a class lives in; empty for the base package itself. */
    static String area(JavaClass type, String base) {
        String name = type.getPackageName();
        return name.equals(base) ? "" : name.substring(base.length() + 1).split("\\.", 2)[0];
    }
}

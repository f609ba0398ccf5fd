package io.eventful.routetest;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RouteProblem.Severity;
import io.eventful.routes.RouteSetException;
import io.eventful.subscription.InvalidSubscriptionException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the gateway of a test does not start, as problems of the files that the user has written. */
final class Faults {

    private final TestCase test;
    private final Path staged;

    /** @param staged folder with copies of the tested files */
    Faults(TestCase test, Path staged) {
        this.test = test;
        this.staged = staged;
    }

    /** Empty for a failure that no file explains. */
    List<TestProblem> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException faulty)
                return faulty.problems().stream().map(this::setting).toList();
            if (cause instanceof RouteSetException faulty)
                return faulty.problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .map(this::route)
                        .toList();
            if (cause instanceof InvalidSubscriptionException faulty)
                return faulty.problems().stream()
                        .map(problem -> new TestProblem(
                                spot(test.given(), "subscribers"),
                                problem.pointer() + " " + problem.detail(),
                                problem.remedy()))
                        .toList();
        }
        return List.of();
    }

    private TestProblem setting(ConfigurationProblem problem) {
        Spot spot = setting(test.document(), problem.path());
        if (spot == null) spot = setting(test.file().document(), problem.path());
        return new TestProblem(
                spot == null ? test.spot() : spot, problem.path() + " " + problem.message(), problem.remedy());
    }

    /** The name of the setting, or of the last part of it that is there. */
    private static @Nullable Spot setting(Yam.Mapping holder, String path) {
        return holder.get("settings") instanceof Yam.Mapping settings ? within(settings, path) : null;
    }

    private static @Nullable Spot within(Yam.Mapping settings, String path) {
        for (var each : settings.members().entrySet()) {
            String name = each.getKey();
            Yam.Member member = each.getValue();
            if (path.equals(name) || path.startsWith(name + "[")) return member.name();
            if (!path.startsWith(name + ".")) continue;
            Spot deeper = member.value() instanceof Yam.Mapping inner
                    ? within(inner, path.substring(name.length() + 1))
                    : null;
            return deeper == null ? member.name() : deeper;
        }
        return null;
    }

    private TestProblem route(RouteProblem problem) {
        Path file = Path.of(problem.file());
        String name = test.file().routes().stream()
                .filter(each -> staged.resolve(each.getFileName()).equals(file))
                .map(Path::toString)
                .findFirst()
                .orElse(test.file().path().toString());
        return new TestProblem(new Spot(name, problem.line(), problem.column()), problem.message(), problem.remedy());
    }

    private static Spot spot(Yam.Mapping holder, String name) {
        Yam.Member member = holder.members().get(name);
        return member == null ? holder.spot() : member.name();
    }
}

package io.eventful.admin;

import io.eventful.routes.RouteProblem;
import io.eventful.routes.RouteSets;
import io.eventful.routes.RoutesState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The running set of routes, and how the last attempt to replace it went. */
@RestController
class RoutesApi {

    record Routes(
            long generation,
            List<RoutesState.RouteState> routes,
            @Nullable LastReload lastReload) {}

    record LastReload(Instant time, String result, List<Problem> problems) {}

    record Problem(String file, int line, int column, String rule, String severity, String message, String remedy) {}

    private final RouteSets sets;

    RoutesApi(RouteSets sets) {
        this.sets = sets;
    }

    @GetMapping("/api/routes")
    Routes routes() {
        RoutesState state = sets.state();
        return new Routes(
                state.generation(),
                state.routes(),
                state.lastReload().map(RoutesApi::reload).orElse(null));
    }

    private static LastReload reload(RoutesState.Reload reload) {
        return new LastReload(
                reload.time(),
                word(reload.result()),
                reload.problems().stream().map(RoutesApi::problem).toList());
    }

    private static Problem problem(RouteProblem problem) {
        return new Problem(
                problem.file(),
                problem.line(),
                problem.column(),
                problem.rule(),
                word(problem.severity()),
                problem.message(),
                problem.remedy());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

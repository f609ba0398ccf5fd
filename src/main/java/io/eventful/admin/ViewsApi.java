package io.eventful.admin;

import io.eventful.view.Views;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/views}: the read models, their lag, and their rebuild. */
@RestController
final class ViewsApi {

    private final Views views;

    ViewsApi(Views views) {
        this.views = views;
    }

    /**
     * @param position all changes of the view up to this position are projected
     * @param head newest position of the ledger
     * @param lagSeconds age of the oldest change that is not projected yet
     * @param maxLagSeconds lag above which the state is {@code behind}
     * @param state {@code live}, {@code behind} or {@code rebuilding}
     */
    record View(
            String name,
            String access,
            long rows,
            String position,
            String head,
            double lagSeconds,
            double maxLagSeconds,
            String state) {}

    record Rebuild(String view, String status) {}

    @GetMapping("/api/views")
    Page<View> list() {
        List<View> all = views.statuses().stream().map(ViewsApi::shown).toList();
        return new Page<>(all, null);
    }

    @GetMapping("/api/views/{name}")
    View one(@PathVariable String name) {
        return views.status(name).map(ViewsApi::shown).orElseThrow(ViewsApi::noView);
    }

    /** Responds with 202; a new copy is built in the background and replaces the one in use when it has caught up. */
    @PostMapping("/api/views/{name}/rebuild")
    ResponseEntity<Rebuild> rebuild(@PathVariable String name) {
        return switch (views.rebuild(name)) {
            case STARTED -> ResponseEntity.accepted().body(new Rebuild(name, "rebuilding"));
            case RUNNING ->
                throw new ApiProblem(
                        409,
                        "Already rebuilding",
                        "This view is already being rebuilt. GET /api/views shows when it is done.");
            case NO_VIEW -> throw noView();
        };
    }

    private static View shown(Views.Status status) {
        return new View(
                status.name(),
                status.access(),
                status.rows(),
                Long.toString(status.position()),
                Long.toString(status.head()),
                status.lag().toMillis() / 1000.0,
                status.maxLag().toMillis() / 1000.0,
                status.state());
    }

    private static ApiProblem noView() {
        return new ApiProblem(
                404,
                "No such view",
                "No running route projects into a view with this name. GET /api/views lists the views.");
    }
}

package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RouteProblem.Severity;
import io.eventful.routes.RouteSets;
import io.eventful.routes.RoutesState;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** {@code /api/routes}: the running routes, the result of the last reload, and the check of route files. */
@RestController
class RoutesApi {

    record Routes(
            long generation,
            List<RoutesState.RouteState> routes,
            @Nullable LastReload lastReload) {}

    /**
     * @param problems errors that prevented the reload; empty if the files were loaded
     * @param warnings findings that do not prevent a reload
     */
    record LastReload(Instant time, String result, List<Problem> problems, List<Problem> warnings) {}

    record Problem(String file, int line, int column, String rule, String severity, String message, String remedy) {}

    record Checked(String result, List<Problem> problems, List<Problem> warnings) {}

    private static final int MAX_FILES = 1000;

    /** Maximum size of a JSON body, in bytes. */
    private static final int MAX_SET = 8 << 20;

    private final RouteSets sets;

    RoutesApi(RouteSets sets) {
        this.sets = sets;
    }

    @GetMapping("/api/routes")
    Routes routes() {
        return shown(sets.state());
    }

    static Routes shown(RoutesState state) {
        return new Routes(
                state.generation(),
                state.routes(),
                state.lastReload().map(RoutesApi::reload).orElse(null));
    }

    /** Checks route files given as a JSON object of file name to content. Nothing is loaded. */
    @PostMapping(path = "/api/routes/check", consumes = MediaType.APPLICATION_JSON_VALUE)
    Checked check(HttpServletRequest request) throws IOException {
        JsonNode document = JsonBodies.read(request, MAX_SET);
        if (!document.isObject()) throw noSet();
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : document.properties()) {
            if (!file.getValue().isTextual()) throw noSet();
            files.put(file.getKey(), file.getValue().textValue());
        }
        return checked(files);
    }

    /** Checks route files given as parts of a multipart form. */
    @PostMapping(path = "/api/routes/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Checked check(MultipartHttpServletRequest request) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (List<MultipartFile> parts : request.getMultiFileMap().values())
            for (MultipartFile part : parts) {
                String name = part.getOriginalFilename();
                String text = new String(part.getBytes(), StandardCharsets.UTF_8);
                files.put(name == null || name.isBlank() ? part.getName() : name, text);
            }
        request.getParameterMap().forEach((name, values) -> files.putIfAbsent(name, String.join("\n", values)));
        return checked(files);
    }

    private Checked checked(Map<String, String> files) {
        if (files.isEmpty() || files.size() > MAX_FILES) throw noSet();
        List<RouteProblem> found = sets.check(files);
        List<Problem> errors = only(Severity.ERROR, found);
        return new Checked(errors.isEmpty() ? "ok" : "refused", errors, only(Severity.WARNING, found));
    }

    private static ApiProblem noSet() {
        return new ApiProblem(
                422,
                "Invalid route files",
                "Send a JSON object that maps file names to contents, such as {\"customers.yaml\": \"- route: …\"}, or"
                        + " a multipart form with one part per file; 1 to " + MAX_FILES + " files.");
    }

    private static LastReload reload(RoutesState.Reload reload) {
        return new LastReload(
                reload.time(),
                word(reload.result()),
                only(Severity.ERROR, reload.problems()),
                only(Severity.WARNING, reload.problems()));
    }

    private static List<Problem> only(Severity severity, List<RouteProblem> found) {
        return found.stream()
                .filter(each -> each.severity() == severity)
                .map(RoutesApi::problem)
                .toList();
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

package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways back from an error to where its reader was at work: the thing itself, then the list that it is in. */
final class ConsoleBack {

    private static final Map<String, Area> AREAS = Map.of(
            "changes", new Area("Changes", "this change"),
            "subscriptions", new Area("Subscriptions", "this subscription"),
            "deliveries", new Area("Deliveries", "this delivery"),
            "replays", new Area("Replays", "this replay"),
            "routes", new Area("Routes", "the parked changes"));

    private ConsoleBack() {}

    record Link(String href, String text) {}

    private record Area(String title, String one) {}

    /** @param status of the error; with 404 the thing is not there to go back to */
    static List<Link> of(HttpServletRequest request, int status) {
        // "", "console", area, id, action
        String[] path = request.getRequestURI().split("/");
        Area area = path.length > 2 ? AREAS.get(path[2]) : null;
        if (area == null) return List.of();
        List<Link> links = new ArrayList<>();
        String one = path[2].equals("routes") ? parked(request) : one(path, status);
        if (one != null) links.add(new Link(one, "Back to " + area.one()));
        links.add(new Link("/console/" + path[2], "Back to " + area.title()));
        return links;
    }

    private static @Nullable String one(String[] path, int status) {
        return path.length > 4 && status != 404 ? "/console/" + path[2] + "/" + path[3] : null;
    }

    /** The list of a route, from which one of its changes was retried or skipped. */
    private static @Nullable String parked(HttpServletRequest request) {
        String route = request.getParameter("route");
        if (route == null || request.getMethod().equals("GET")) return null;
        return "/console/routes/parked?route=" + URLEncoder.encode(route, StandardCharsets.UTF_8);
    }
}

package io.eventful.capture;

import io.eventful.edge.RequestHead;
import io.eventful.event.BulkPath;
import io.eventful.event.PathTemplate;
import io.eventful.event.Subjects;
import io.eventful.event.TemplateDifference;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why the routes of a template do not capture a write.
 *
 * @param template as written
 * @param routes ids of the routes
 * @param reason what differs
 * @param distance 0 if only the method differs; otherwise, how different the path is, about one per segment
 */
public record Miss(String template, List<String> routes, String reason, double distance) {

    static List<Miss> of(List<CapturePlan> plans, RequestHead head) {
        return plans.stream()
                .map(plan -> of(plan, head))
                .sorted(Comparator.comparingDouble(Miss::distance))
                .toList();
    }

    private static Miss of(CapturePlan plan, RequestHead head) {
        PathTemplate template = plan.template();
        String path = head.path();
        if (plan.bulk() != null) return ofBulk(plan, plan.bulk(), head);
        if (template.item(path).isPresent()) return miss(plan, itemMethod(head), 0);
        if (template.isCollection(path)) return miss(plan, collectionMethod(head), 0);
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (head.method().equals("POST") && template.action(path, Set.of(last)).isPresent())
            return miss(plan, "\"" + last + "\" is not one of its actions" + actions(plan), 0);
        return elsewhere(plan, path);
    }

    private static Miss ofBulk(CapturePlan plan, BulkPath bulk, RequestHead head) {
        return bulk.collection(Subjects.normalise(head.path())).isPresent()
                ? miss(plan, head.method() + " at the path of a call on several items is not captured", 0)
                : elsewhere(plan, head.path());
    }

    private static Miss elsewhere(CapturePlan plan, String path) {
        TemplateDifference difference = TemplateDifference.of(plan.calls(), Subjects.normalise(path));
        return miss(plan, difference.text(), difference.distance());
    }

    private static Miss miss(CapturePlan plan, String reason, double distance) {
        return new Miss(plan.calls().toString(), plan.routes(), reason, distance);
    }

    private static String itemMethod(RequestHead head) {
        return "the path is an item, and a POST to an item is captured only as an action, such as POST " + head.path()
                + "/cancel with actions: cancel";
    }

    private static String collectionMethod(RequestHead head) {
        String method = head.method();
        return "the path is the collection of its items, and " + method + " on a collection is "
                + (method.equals("DELETE") ? "not captured" : "captured only with the option items");
    }

    private static String actions(CapturePlan plan) {
        Set<String> actions = new TreeSet<>(plan.options().actions());
        return actions.isEmpty() ? ", of which it has none" : ": " + String.join(", ", actions);
    }
}

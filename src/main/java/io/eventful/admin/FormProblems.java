package io.eventful.admin;

import io.eventful.subscription.RequestProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;

/** Shows what the API refused of a form in the words of the form: each problem at its field, and the rest above them. */
final class FormProblems {

    private FormProblems() {}

    /**
     * A field of a form.
     *
     * @param id of the field, which is also its name
     * @param label as the form has it
     * @param pointer to the member of the API's document that is made of it
     */
    record Field(String id, String label, String pointer) {
        private boolean covers(String place) {
            return place.equals(pointer) || place.startsWith(pointer + "/");
        }
    }

    /** A form without problems. */
    static void none(Model model) {
        model.addAttribute("problems", Map.of());
    }

    /**
     * @param fields in the order of the form
     * @param words what a problem is called there
     * @param outcome what became of the request
     */
    static void show(
            ErrorResponseException e,
            List<Field> fields,
            Function<RequestProblem, String> words,
            String outcome,
            Model model) {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        List<Field> wrong = new ArrayList<>();
        List<RequestProblem> rest = new ArrayList<>(all(e));
        for (Field field : fields) {
            List<String> texts = rest.stream()
                    .filter(each -> field.covers(each.pointer()))
                    .map(words)
                    .distinct()
                    .toList();
            if (texts.isEmpty()) continue;
            problems.put(field.id(), texts);
            wrong.add(field);
            rest.removeIf(each -> field.covers(each.pointer()));
        }
        model.addAttribute("problems", problems);
        model.addAttribute("wrong", wrong);
        model.addAttribute("problem", problems.isEmpty() ? e.getBody().getDetail() : outcome);
        model.addAttribute(
                "others",
                problems.isEmpty() ? List.of() : rest.stream().map(words).toList());
    }

    private static List<RequestProblem> all(ErrorResponseException e) {
        return ConsoleErrors.errors(e) instanceof List<?> list
                ? list.stream()
                        .filter(RequestProblem.class::isInstance)
                        .map(RequestProblem.class::cast)
                        .toList()
                : List.of();
    }

    /** A problem as a form can tell it: a field has nothing that could be removed, but it can be left empty. */
    static String told(RequestProblem problem) {
        return problem.detail() + ". "
                + problem.remedy().replaceFirst(", or remove (?:it|the member)\\b", ", or leave it empty");
    }
}

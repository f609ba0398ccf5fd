package io.eventful.admin;

import io.eventful.subscription.RequestProblem;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An error response of the admin API: what is wrong and how to correct it (RFC 9457). */
final class ApiProblem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * @param status HTTP status code
     * @param title short, the same for every occurrence
     * @param detail what is wrong with this request and how to correct it
     */
    ApiProblem(int status, String title, String detail) {
        super(HttpStatusCode.valueOf(status), body(status, title, detail), null);
    }

    /**
     * 400: a body has something that it must not have.
     *
     * @param pointer JSON pointer (RFC 6901) of it; empty for the document
     * @param detail what is wrong with it, as the rest of a sentence; nothing of its value
     */
    static ApiProblem at(String pointer, String detail) {
        ApiProblem problem =
                new ApiProblem(400, "Bad request", (pointer.isEmpty() ? "The body" : pointer) + ' ' + detail + '.');
        problem.getBody().setProperty("errors", List.of(new Wrong(pointer, detail)));
        return problem;
    }

    /**
     * 422: a document with everything that is wrong with it, the first thing in {@code detail}, and all of them with JSON
     * pointers in {@code errors} (RFC 9457, section 3).
     *
     * @param problems at least one
     */
    static ApiProblem invalid(String title, List<RequestProblem> problems) {
        RequestProblem first = problems.getFirst();
        String more = problems.size() == 1 ? "" : " And " + (problems.size() - 1) + " more; see errors.";
        String place = first.pointer().isEmpty() ? "The document" : first.pointer();
        ApiProblem problem = new ApiProblem(422, title, place + " " + first.detail() + ". " + first.remedy() + more);
        problem.getBody().setProperty("errors", List.copyOf(problems));
        return problem;
    }

    /** 503: the same request may succeed in a few seconds. */
    static ApiProblem later(String title, String detail) {
        ApiProblem problem = new ApiProblem(503, title, detail);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return problem;
    }

    private record Wrong(String pointer, String detail) {}

    private static ProblemDetail body(int status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setTitle(title);
        return problem;
    }
}

package io.eventful.admin;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer of the admin API that tells the caller what is wrong and how to mend it (RFC 9457). */
final class ApiProblem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * @param status HTTP status code
     * @param title short, the same for every occurrence
     * @param detail what happened in this one and how to mend it
     */
    ApiProblem(int status, String title, String detail) {
        super(HttpStatusCode.valueOf(status), body(status, title, detail), null);
    }

    private static ProblemDetail body(int status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setTitle(title);
        return problem;
    }
}

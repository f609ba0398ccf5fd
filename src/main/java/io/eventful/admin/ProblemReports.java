package io.eventful.admin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Turns errors that reach Tomcat, such as a malformed request line, into problem details. */
final class ProblemReports extends ErrorReportValve {

    /** The connector refuses TRACE; an error page would be asked for by TRACE, too, and is none. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!request.getMethod().equals("TRACE") || !response.isErrorReportRequired()) {
            super.invoke(request, response);
            return;
        }
        response.setSuspended(false);
        report(request, response, null);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        byte[] problem = switch (status) {
            case HttpServletResponse.SC_BAD_REQUEST ->
                RawProblem.of(
                        status,
                        "Bad request",
                        "The request line or the headers are malformed. Percent-encode non-ASCII characters,"
                                + " and do not use slashes in ids.");
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
                RawProblem.of(status, "Method Not Allowed", "The admin port does not serve this method.");
            case HttpServletResponse.SC_INTERNAL_SERVER_ERROR ->
                RawProblem.of(
                        status,
                        "Internal error",
                        "The gateway failed to process the request. Its log contains the cause.");
            default -> RawProblem.of(status, "Error", "The request was rejected before it reached a resource.");
        };
        try {
            response.setContentType(RawProblem.TYPE);
            response.setContentLength(problem.length);
            response.getOutputStream().write(problem);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("no problem reported", gone);
        }
    }
}

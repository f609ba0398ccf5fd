package io.eventful.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Turns errors of Tomcat itself, such as a malformed request line, into problem details. */
final class ProblemReports extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        boolean malformed = status == HttpServletResponse.SC_BAD_REQUEST;
        String title = malformed ? "Bad request" : "Error";
        String detail = malformed
                ? "The request line or the headers are malformed. Percent-encode non-ASCII characters, and do not use"
                        + " slashes in ids."
                : "The request was rejected before it reached a resource.";
        byte[] problem = ("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status
                        + ",\"detail\":\"" + detail + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setContentLength(problem.length);
            response.getOutputStream().write(problem);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("no problem reported", gone);
        }
    }
}

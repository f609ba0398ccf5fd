package io.eventful.admin;

import java.io.IOException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Pages of other origins get nothing from the admin port, and their preflight requests (CORS) a problem that says so. */
final class ForeignPages extends DefaultCorsProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof AbstractHandlerMapping mapping) mapping.setCorsProcessor(this);
        return bean;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
        byte[] problem = RawProblem.of(
                HttpStatus.FORBIDDEN.value(),
                "Cross-origin request",
                "The admin port does not serve the pages of other origins.");
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, RawProblem.TYPE);
        response.getHeaders().setContentLength(problem.length);
        response.getBody().write(problem);
        response.flush();
    }
}
